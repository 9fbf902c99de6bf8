"""The names by which chats write emoji: `:tada:` is 🎉."""

import re

_TABLE = """
    +1=👍 -1=👎 100=💯 angry=😠 astonished=😲 beer=🍺 beers=🍻 birthday=🎂 blush=😊 boom=💥 bow=🙇
    broken_heart=💔
    bug=🐛 bulb=💡 cake=🍰 calendar=📆 champagne=🍾 check=✔ clap=👏 clapping=👏 clown_face=🤡 cold_sweat=😰
    collision=💥 confetti_ball=🎊 confounded=😖 confused=😕 construction=🚧 cool=🆒 crossed_fingers=🤞 cry=😢
    crying_cat_face=😿 crown=👑 dancer=💃 dart=🎯 disappointed=😞 disappointed_relieved=😥 dizzy_face=😵
    expressionless=😑 eyes=👀 face_palm=🤦 facepalm=🤦 fearful=😨 fire=🔥 fireworks=🎆 fist=✊ flushed=😳
    frowning=😦
    frowning_face=☹ ghost=👻 gift=🎁 gift_heart=💝 green_heart=💚 grimacing=😬 grin=😁 grinning=😀 hand=✋
    handshake=🤝 hankey=💩 heart=❤ heart_eyes=😍 hearts=💕 heartpulse=💗 heavy_check_mark=✔
    heavy_plus_sign=➕ hug=🤗
    hugging=🤗 hugging_face=🤗 hugs=🤗 hundred=💯 hushed=😯 innocent=😇 joy=😂 kiss=💋 kissing_heart=😘
    laughing=😆
    lgtm=👍 loudspeaker=📢 mask=😷 medal=🏅 memo=📝 money_mouth_face=🤑 muscle=💪 nauseated_face=🤢
    nerd_face=🤓
    neutral_face=😐 no_entry=⛔ no_mouth=😶 ok=👌 ok_hand=👌 open_mouth=😮 package=📦 partying=🥳
    partying_face=🥳
    party_popper=🎉 pensive=😔 persevere=😣 pleading_face=🥺 point_down=👇 point_left=👈 point_right=👉
    point_up=☝ poop=💩
    pouting_face=😡 pray=🙏 punch=👊 purple_heart=💜 question=❓ rage=😡 rainbow=🌈 raised_hands=🙌
    red_circle=🔴
    relaxed=☺ relieved=😌 rocket=🚀 rofl=🤣 rolling_eyes=🙄 rose=🌹 rotating_light=🚨 scream=😱 see_no_evil=🙈
    shrug=🤷 sick=🤒 ship=🚢 shipit=🐿 simple_smile=🙂 skull=💀 sleeping=😴 sleepy=😪 slightly_frowning_face=🙁
    slightly_smiling_face=🙂 smile=😄 smiley=😃 smirk=😏 smiling_face_with_3_hearts=🥰 sob=😭 sparkles=✨
    sparkling_heart=💖 star=⭐ star2=🌟 star_struck=🤩 stuck_out_tongue=😛 stuck_out_tongue_winking_eye=😜
    sunglasses=😎
    sunny=☀ sweat=😓 sweat_smile=😅 tada=🎉 tears_of_joy=😂 thinking=🤔 thinking_face=🤔 thumbs_down=👎
    thumbs_up=👍
    thumbsdown=👎 thumbsup=👍 tired_face=😫 trophy=🏆 triumph=😤 two_hearts=💕 unamused=😒 upside_down_face=🙃
    v=✌ vomiting_face=🤮 warning=⚠ wave=👋 weary=😩 white_check_mark=✅ wink=😉 worried=😟 x=❌
    yellow_heart=💛 yum=😋
    zap=⚡ zipper_mouth_face=🤐 zzz=💤 blue_heart=💙 black_heart=🖤 exploding_head=🤯
    face_with_rolling_eyes=🙄
    cursing_face=🤬 face_with_symbols_on_mouth=🤬 middle_finger=🖕 nail_care=💅 saluting_face=🫡
    slack_call=📞 coffee=☕ pizza=🍕 palm_tree=🌴 mega=📣 information_source=ℹ hourglass=⌛ lock=🔒 key=🔑
    wrench=🔧
    """
EMOJI = dict(pair.split("=") for pair in _TABLE.split())
"""The emoji of each name."""

_SHORTCODE = r"(?i)(?<!\w):([a-z0-9_+-]{1,40}):(?::skin-tone-\d:)?(?!\w)"


# "+1" and "-1" as an answer; "2 +1" is a sum and "return -1" a value.
_VOTE = r"(?:^|(?<=[.!?,] ))([+-]1)(?=$|[ .!,](?![\d+*/-]))"


def spelled_out(text: str) -> str:
    """Return a text with its shortcodes and votes ("+1") as emoji; a name that nobody knows stays.

    A room's own emoji (`:sad_parrot:`) may mean anything: masking takes its name out.
    """
    if ":" in text:
        text = re.sub(_SHORTCODE, _emoji, text)
    return re.sub(_VOTE, _emoji, text) if "1" in text else text


def _emoji(found: re.Match[str]) -> str:
    name = found[1].lower()
    return EMOJI.get(name) or EMOJI.get(name.replace("-", "_"), found[0])
