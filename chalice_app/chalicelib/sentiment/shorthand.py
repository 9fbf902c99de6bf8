"""Short spellings of chat and text messages, with the words that lexicons and vocabularies know."""

_SPELLINGS = """
    abt=about agn=again amzing=amazing av=have b4=before bby=baby bc=because bcos=because bcoz=because
    bcuz=because bday=birthday beautifull=beautiful becoz=because bn=been brill=brilliant c=see chk=check
    cnt=can't cos=because coz=because cud=could cuz=because cya=bye da=the dat=that dats=that's def=definitely
    defo=definitely dey=they din=didn't dint=didn't dis=this dnt=don't doin=doing dun=don't dunno=unsure
    enuf=enough esp=especially evry=every evryone=everyone exellent=excellent fab=fabulous fav=favourite
    fave=favourite favorite=favourite fck=fuck fcking=fucking feelin=feeling fone=phone fren=friend
    frens=friends frm=from frnd=friend frndz=friends gd=good gdnight=goodnight gn=goodnight gnite=goodnight
    goin=going gr8=great grt=great gud=good gudnight=goodnight gurl=girl h8=hate haf=have hapi=happy
    happi=happy hav=have havin=having hv=have hve=have hw=how impt=important jus=just juz=just k=ok kewl=cool
    kk=ok kno=know knw=know kool=cool l8=late l8r=later laff=laugh luk=look luv=love luvly=lovely lv=love
    lvly=lovely m8=mate mayb=maybe mornin=morning msg=message msgs=messages muz=must n=and neva=never
    nething=anything nite=night noe=know nt=not nuthin=nothing nvr=never nxt=next okay=ok okey=ok okie=ok
    oredi=already oso=also pic=picture pics=pictures pls=please plz=please plss=please ppl=people prob=problem
    probs=problems prolly=probably r=are realy=really rly=really rply=reply shd=should shld=should shud=should
    smth=something smthing=something sori=sorry srry=sorry sry=sorry sumthin=something tat=that tats=that's
    thanx=thanks thk=think thks=thanks thnx=thanks tho=though thot=thought thru=through til=till
    tmr=tomorrow tmrw=tomorrow tmw=tomorrow tomo=tomorrow tonite=tonight u=you ull=you'll ur=your
    ure=you're v=very w=with wan=want wana=want wanna=want wat=what wats=what's wen=when wif=with wk=week
    wkend=weekend wknd=weekend wld=would wot=what wrk=work wrking=working wud=would ya=you yday=yesterday
    yea=yes yeah=yes yep=yes yest=yesterday yr=your yup=yes 2day=today 2moro=tomorrow 2morrow=tomorrow
    2nite=tonight
    """
SPELLINGS: dict[str, str] = dict(pair.split("=") for pair in _SPELLINGS.split())
"""The usual spelling of each short one."""

WITH_DIGITS = tuple(sorted(word for word in SPELLINGS if not word.isalpha()))
"""Those with a digit in them, which the token pattern would not take for words."""
