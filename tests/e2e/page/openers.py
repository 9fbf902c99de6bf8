"""What opens the screens of a room, for tests that look at each of them."""

# One after another: some are in what the one before opens. The first needs the mood of a message to be open.
OPENERS = (
    "#undertone summary",
    "button.message-author",
    "#room-about",
    "#about-edit",
    "#room-about",
    "#about-delete",
    "#room-about",
    "#about-programs",
    "#room-search",
    "#room-pulse",
    "#pulse-live",
    "#room-notices",
    "#room-new",
    "#direct-new",
    "#settings-open",
    "#shortcuts-open",
    "#settings-open",
    "#settings-password",
    "#settings-open",
    "#settings-link",
    "#me-open",
    "#my-profile",
)
