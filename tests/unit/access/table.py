"""Who may do what: the one table, of every action and route, every kind of person and every kind of room.

Each row has for each kind of room one letter for each kind of person, in the order of `people.PEOPLE`: `y` if
they may, or the error that they get (`deeds.OUTCOMES`), or `.` where there is nobody of the kind. Each action
and each route needs a row here, and an attempt in `deeds.py`; `docs/security-model.md` shows the same.

People are, from the left: stranger, guest elsewhere, guest, member, owner, admin, banned, muted, removed.
"""

IN_ROOMS = """
                                                  open      private   direct    archived
join                                              ynyyyyuyy nnyyynuyn nn.y.nu.. nnyyynuyn
leave                                             yyyyyyuyy yyyyyyuyy yy.y.yu.. yyyyyyuyy
send                                              yjyyyyufy jjyyjjufj jj.y.ju.. jjffjjufj
history                                           yjyyyyuyy jjyyjjuyj jj.y.ju.. jjyyjjuyj
typing                                            yjyyyyuyy jjyyjjuyj jj.y.ju.. jjyyjjuyj
edit                                              yjyyyyufy jjyyjjufj jj.y.ju.. jjffjjufj
delete                                            yjyyyyuyy jjyyjjuyj jj.y.ju.. jjffjjufj
delete (another's)                                fjffyyuff jjffjjufj jj.f.ju.. jjffjjufj
react                                             yjyyyyuyy jjyyjjuyj jj.y.ju.. jjffjjufj
label                                             yjyyyyuyy jjyyjjuyj jj.y.ju.. jjffjjufj
read                                              yjyyyyuyy jjyyjjuyj jj.y.ju.. jjyyjjuyj
report                                            yjyyyyuyy jjyyjjuyj jj.y.ju.. jjyyjjuyj
ping                                              yjyyyyuyy jjyyjjuyj jj.y.ju.. jjyyjjuyj
GET /rooms                                        ynyyyyuyy nnyyynuyn nn.y.nu.. nnyyynuyn
POST /rooms                                       cffcccucc cffcccucc if.i.iu.. cffcccucc
PATCH /rooms/{room}                               fnffyyuff nnffynufn nn.f.nu.. nnffynufn
DELETE /rooms/{room}                              fnffyyuff nnffynufn nn.y.nu.. nnffynufn
DELETE /people/{user_id}/messages (room)          fnffyyuff nnffynufn nn.f.nu.. nnffynufn
GET /rooms/{room}/messages                        ynyyyyuyy nnyyynuyn nn.y.nu.. nnyyynuyn
GET /rooms/{room}/messages/{seq}/reactions        ynyyyyuyy nnyyynuyn nn.y.nu.. nnyyynuyn
GET /rooms/{room}/messages/{seq}/preview          ynyyyyuyy nnyyynuyn nn.y.nu.. nnyyynuyn
POST /rooms/{room}/messages/{seq}/press           nnnnnnunn nnnnnnunn nn.n.nu.. nnfffnufn
GET /rooms/{room}/search                          ynyyyyuyy nnyyynuyn nn.y.nu.. nnyyynuyn
GET /rooms/{room}/mood                            ynyyyyuyy nnyyynuyn nn.y.nu.. nnyyynuyn
GET /rooms/{room}/pulse                           ynyyyyuyy nnyyynuyn nn.n.nu.. nnyyynuyn
GET /rooms/{room}/people                          ynyyyyuyy nnyyynuyn nn.y.nu.. nnyyynuyn
GET /rooms/{room}/members                         ynyyyyuyy nnyyynuyn nn.y.nu.. nnyyynuyn
PUT /rooms/{room}/mine                            ynyyyyuyy nnyyynuyn nn.y.nu.. nnyyynuyn
PUT /rooms/{room}/members/{user_id}               fnffyyuff nnffynufn nn.f.nu.. nnffynufn
DELETE /rooms/{room}/members/{user_id}            fnffyyuff nnffynufn nn.f.nu.. nnffynufn
DELETE /rooms/{room}/members/{user_id} (oneself)  nnyycnuyn nnyycnuyn nn.f.nu.. nnyycnuyn
PUT /rooms/{room}/members/{user_id}/mute          fnffyyuff nnffynufn nn.f.nu.. nnffynufn
DELETE /rooms/{room}/members/{user_id}/mute       fnffyyuff nnffynufn nn.f.nu.. nnffynufn
POST /rooms/{room}/invites                        fnffyyuff nnffynufn nn.f.nu.. nnffynufn
POST /rooms/{room}/files                          ynyyyyufy nnyyynufn nn.y.nu.. nnfffnufn
GET /rooms/{room}/files/{file_id}                 ynyyyyuyy nnyyynuyn nn.y.nu.. nnyyynuyn
POST /rooms/{room}/hooks                          ynfyyyuyy nnffynufn nn.f.nu.. nnffynufn
GET /rooms/{room}/hooks                           ynfyyyuyy nnffynufn nn.f.nu.. nnffynufn
DELETE /rooms/{room}/hooks/{hook_id} (unknown)    nnfnnnunn nnffnnufn nn.f.nu.. nnffnnufn
POST /invites/{secret}                            yyyyyyuyn yyyyyyuyn nn.n.nu.. yyyyyyuyn
"""

IN_THE_HOUSE = """
POST /session                                     yyyyyyuyy
DELETE /session                                   yyyyyyuyy
DELETE /sessions/{session_id}                     yyyyyyuyy
GET /me                                           yyyyyyuyy
PATCH /me                                         yyyyyyuyy
PUT /me/password                                  yffyyyuyy
POST /me/links                                    yyyyyyuyy
GET /people                                       yyyyyyuyy
GET /push                                         yyyyyyuyy
PUT /push                                         yyyyyyuyy
DELETE /push/{subscription_id} (unknown)          nnnnnnunn
POST /rooms (direct)                              yffyyyuyy
PUT /people/{user_id}/ban                         fffffyuff
DELETE /people/{user_id}/ban                      fffffyuff
POST /people/{user_id}/links                      fffffyuff
DELETE /people/{user_id}/profile                  fffffyuff
DELETE /people/{user_id}/messages                 fffffyuff
GET /purges/{purge_id} (another's)                nnnnnyunn
POST /tokens                                      yffyyyuyy
GET /tokens                                       yyyyyyuyy
DELETE /tokens/{token_id} (unknown)               nnnnnnunn
PUT /tokens/{token_id}/webhook (unknown)          nnnnnnunn
POST /tokens/{token_id}/webhook (unknown)         nnnnnnunn
DELETE /tokens/{token_id}/webhook (unknown)       nnnnnnunn
PATCH /tokens/{token_id} (unknown)                nnnnnnunn
POST /hooks/{secret} (unknown)                    nnnnnnnnn
GET /reports                                      fffffyuff
GET /audit                                        fffffyuff
GET /health                                       yyyyyyyyy
GET /model                                        yyyyyyyyy
GET /model/report                                 nnnnnnnnn
"""


def in_rooms() -> dict[str, list[str]]:
    """Return for each deed its letters in each kind of room."""
    return {name: letters.split() for name, letters in _rows(IN_ROOMS)[1:]}


def in_the_house() -> dict[str, str]:
    """Return the letters of each deed that is in no room."""
    return dict(_rows(IN_THE_HOUSE))


def _rows(table: str) -> list[tuple[str, str]]:
    return [(line[:48].strip(), line[48:].strip()) for line in table.strip("\n").splitlines()]
