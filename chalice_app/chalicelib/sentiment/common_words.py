"""The commonest words of the languages that people chat in, as evidence of which one a text is in."""

WORDS = {
    "German": """
        aber alle alles als also am an arbeit arzt auch auf aus auto bahn bald bei beim besser bin bis bist
        bitte blöd brauche da danach dann daran darf das dass davon dein deine dem den denn der des dich die
        dies diese diesen dieser dir doch du dumm durch dürfen egal eigentlich ein eine einem einen einer
        eines einfach einmal ende endlich entschuldigung er erst es essen etwas euch fast feierabend fertig
        finde frage frau freitag freue freund freunde früh für ganz gar geburtstag gefällt gehe gehen geht
        geil gemacht genau genug gerade gerne gestern gesundheit gewesen gibt glaube gleich glück
        glückwunsch größer guck gut gute guten guter gutes hab habe haben hallo halt hasse hast hat hatte
        heiß heißt herr herz herzlichen heute hier hilfe hoffe hunde hunger hätte ich idee ihm ihn ihr ihre
        im immer in ins irgendwie ist ja jede jeder jetzt junge kalt kann kannst kaputt katze kaum kein
        keine keinen kind kinder klar klasse kleine kleiner komm komme kommen kommt kopf krass können könnte
        lachen lange langsam langweilig lass leider letzte leute liebe lieber liebt liegt lustig läuft mach
        mache machen machst macht mag mahlzeit mal man mehr mein meine meinen meinst mich mir mist mit
        mittag moin montag morgen morgens muss mädchen müde müssen müsste nach nacht nehmen nein nett neue
        neuen neuer neues nicht nichts nie niemand noch nun nur nächste ob oder ohne ordnung pause prima
        problem prost regen regnet richtig ruhe sag sage sagen sagt samstag schaffe schau scheisse schlafen
        schlecht schlimm schmerzen schnell schon schule schön sehen sehr seid sein seine seit servus sich
        sie siehst sieht sind sitzung so soll sollte sonne sonntag sonst spaß später stau steht stimmt suche
        super tag tage termin toll traurig treffen trinken trotzdem tschüss tut uhr um und uns unser unsere
        unter urlaub verdammt verspätet verspätung verstehe versuche viel viele vielen vielleicht vom von
        vor vorher wann war waren warte warum was wegen weh weil weinen weiter weiß welche wem wen wenig
        wenn wer werde werden wetter wie wieder will willst wir wird wirklich wo woche wochenende wohl
        wollen wollte wurde wäre wünsche würde zeit zu zug zum zur zurück zusammen zwei zwischen über
        """,
    "Dutch": """
        aan afspraak al alle alles als altijd asseblief avond baie begrijp ben bent beter bij blij boot dag
        dan dank dankie dat de denk deur deze die dit doe doen dood door dus echt een ek en er erg even
        feest fijn ga gaan gaat gedaan geef geen gefeliciteerd geld gelijk gewoon gezellig goed goede
        goedemorgen graag groot haar had hallo heb hebben hebt heeft heel hem het hier hij hoe hoi hond
        hoofd huis hulle hun iedereen iets ik in is ja jammer je jij jou jouw jullie jy kan kapot kat kijk
        kind kinderen klaar kom komen komt kun kunnen kwijt laat lang lekker leuk leven lief liefde maar man
        me mee meer mensen met mij mijn misschien moe moet moeten mooi morgen na naar nee net nie niet niets
        nodig nog nooit nu of om omdat ons onze ook op over pijn plezier praten probleem ramp regen saai
        slapen snel sorry stom straks succes te tijd toch toen tot trein trots tussen u uit uur van vandaag
        veel verder verdrietig vergadering vergeten verjaardag vertraging vind vir volgende volgens voor
        vrijdag vrolijk waar waarom wacht want was wat we weekend weer weet wel werk werkt wie wij wil wist
        worden wordt zal ze zei zich ziek ziekenhuis zien zij zijn zin zit zo zon zonder zou
        """,
    "French": """
        adore ai aime aller allez alors an anniversaire année apparemment appelle après arrive as atelier
        attends au aujourd aussi aux avais avait avant avec avez avoir avons beaucoup besoin bien bientôt
        bisou bisous bon bonjour bonne bonsoir bravo c café car cassé catastrophe ce cela ces cet cette chez
        chien chose choses chouette comme comment content contre courage crois cœur d'accord dans de demain
        depuis des dimanche dit dois dommage donc dormir du déjà désastre désolé déteste elle elles en
        encore entre envie es est et eu faire fais fait fatigue fatigué faut faux fini fois font
        félicitations fête gens grand gros génial heure heures hier horreur hâte ici idée il ils j jamais je
        jeudi jour jours juste l la le les leur leurs lui lundi là ma maintenant mais mal malade mardi matin
        mauvais mauvaise me merci mercredi merde mes midi mieux minutes moi moins mon mort même n ne ni non
        nos notre nous nouveau nouvelle nuit on ou oui où par parce parfois parler part pas pendant personne
        petit petite peu peut peux pire plaît pleure pleut pluie plus plusieurs pour pourquoi pouvez presque
        problème préfère prêt puis putain qu quand que quel quelle quelqu quelque qui quoi rendez rentre
        retard rien rire réunion s sa sais salle salut samedi sans se semaine sera ses si soir soleil son
        sont sous souvent suis super sur ta tant tard te temps tes toi ton toujours tous tout toute toutes
        train travail triste trop trouve très tu tête tôt un une va vacances vais vas vendredi vers veut
        veux vie ville voilà voir vont vos votre voudrais vous vrai vraiment y zut à ça étaient était être
        """,
    "Spanish": """
        a acuerdo adiós ahora al algo alguien alguna allí amigo amo antes aquel aquí así aunque avión ayer
        ayuda año años aún bastante bien bonito buen buena buenas bueno buenos buscar cabeza cada cansada
        cansado casa casi cayó claro comer comida como con contra corazón cosa cosas creo cual cuando
        cuidado culpa cumpleaños cuál cuándo cuánto cómo de debe debo del desastre desde después dice dijo
        dinero dolor domingo donde dos duele día días dónde el ella ellas ellos en encanta enferma enfermo
        entiendo entonces entre era eres error es esa ese eso espera espero estaba estamos estar estas este
        esto estoy está están favor felicidades felicitaciones feliz fiesta fin fue fuera funciona ganas
        gato genial gente gracias gran gusta gustan gusto ha había hace hacemos hacer hacia han hasta hay
        haz he hecho hermano hola hora horas horrible hoy igual importante jaja jajaja jueves la lado las le
        les listo llegar llego lleva llorar llueve lluvia lo los luego lugar lunes lástima mal mala malo
        mano martes mañana mañanas me mejor mejores menos mes mi mientras mira mis mismo miércoles mucha
        muchas mucho muchos muerto mundo muy más médico mí nada nadie necesito ni no noche noches nos
        nosotros noticia noticias nuestra nuestro nueva nuevo nunca o odio otra otro para parece película
        pena peor perdón perfecto pero perro persona playa poco por porque problema puede puedes puedo pues
        que quien quieres quiero quién qué reunion reunión rota roto sabe sabes sale salir se sea semana ser
        servidor será si siempre siento sigue sin sobre solo somos son soy su suerte sueño sus sábado sé sí
        sólo también tampoco tan tanto tarde tardes te tenemos tengas tengo ti tiempo tiene tienes toda
        todas todavía todo todos trabaja trabajo tren triste tu tus tú un una unas uno unos usted vacaciones
        vale vamos vas veces ver verdad vez vida viene viernes voy vuelve y ya yo él
        """,
    "Portuguese": """
        a abraço acho agora ainda algo algum alguém amanhã amo aniversário ano ao aos aqui as assim atrasado
        até bastante beijo bem boa boas bom cabeça cachorro cada caiu cansado casa certo chegou chorar chove
        chuva coisa com comboio comida como coração da das de depois desastre deve dia dias difícil dinheiro
        do doente dois domingo dormir dos dá dói e ela ele eles em entre então era es essa esse esta estamos
        estava este estou está estás estão eu faz fazer feliz fica ficar fim foi foram férias gato gente
        gosto grande hoje hora horas há ir isso isto jogo já la legais legal lhe lindo lá mais mal manhã mas
        me melhor menos mesmo meu meus minha morreu muita muito muitos mundo médico mês na nada nas nem
        nenhum no noite nos nossa nosso nova novo num nunca não nós o obg obrigada obrigado odeio oi olá
        onde ontem os ou outra outro outros para parabéns parte pela pelo pena perdi pessoa pessoal pessoas
        pode por porque posso pra precisa preciso problema pronto péssimo quando quanto quarta quase que
        quebrado quem quer quero quinta reunião ruim sabe saudade se segunda sei sem semana sempre ser
        servidor será seu seus sexta sinto sobre somos sono sorte sou sua sábado são só também tarde te tem
        tempo tempos tenha tenho ter terça teu ti tinha toda todo todos trabalho triste tu tudo têm um uma
        vai vamos vem vez vida viu você vocês vontade vou às é ótima ótimo
        """,
    "Italian": """
        a abbiamo ad adesso ai al alla alle allora altro amico amo anche ancora anni anno aspetta attimo
        auguri avere basta bella bellissimo bello bene bisogno bruttissimo brutto buon buona buongiorno c'è
        cane capito casa caso certo che chi ci ciao città come compleanno con contento cosa così credo cui
        cuore da dai dal dalla davvero degli dei del della delle devo di disastro dispiace domani domenica
        dopo dormire dove due e ed era eri essere fa facciamo fai famiglia fantastico fare fatto felice fine
        forse forte freddo gatto gente giorni giorno giovedì gli grande grazie gusto ha hai hanno ho i ieri
        il in io l la lavoro le lei letto li lo loro lui lunedì ma mai malata malato male mangiare mannaggia
        martedì mattina me medico meglio meno mercoledì mese mezzo mi mia minuti mio molto momento mondo
        morto nei nel nella nessun nessuno niente no noi non nostra nostro notte nuova nuovo o odio oggi
        ogni ora parla parte paura peccato penso per perché però piace piangere piccolo pioggia piove più po
        poco poi porta possiamo posso prego presto prima primo problema pronto proprio può qualche qualcosa
        quale quando quanto quasi quella quelle quello questa queste questo qui ragazza ragazzi ragazzo
        ritardo riunione roba rotto sa sabato sai scusa se sei sempre senza sera settimana si siamo siete
        sole sonno sono sorella sta stai stanco stasera stato sto su sua subito sul suo sì tanto tardi te
        tempo testa ti tra treno triste troppo tu tua tuo tutta tutte tutti tutto un un'altra una uno uomo
        va vacanza vado vedi vedo venerdì vero vi viene vita voglio voi volta vorrei è
        """,
    "Swedish, Danish, Norwegian": """
        af aldri aldrig alla alle allt alltid alltså alt altid annan arbejde arbete at att av bara bare barn
        bedre bedst bedste ble blev bli blir bliver bra bursdag bäst bättre da dag dagen dagens de dem den
        denna denne der deras deres det detta dette dig din disse dit dom du där då dåligt död dödt efter
        eftersom ej eller elsker en endast er et ett etter familj fan fast ferdig fest fick fik fika finns
        fint flera for fordi forsinket forstår fra fredag frem fråga från full fullt fungerar fungerer
        färdig få får födelsedag föder följer för före försenad först förstår fødselsdag følelse første
        gerne gick gik gillar gjorde gjør glad glemt god goda godmorgen godnatt godt gott grattis gratulerer
        gråta gå går gör gør ha hade haft han hans har hatar havde hej hel helg hem hemma hende henne hennes
        hjelp hjem hjemme hjälp hjärta hjælp hon honom hoppas hos hun hund hur huset huvud hva hvad hvem
        hver hvis hvor hvordan hvorfor häftigt här i idag ikke ikväll imorgon inga ingen ingenting inget inn
        inte intet ja jag jeg jo jobb jobba ju kaffe kan kanske kanskje katt kjempe klar klart kommer kul
        kunde kunne kvart kveld kväll lange lenge lenger lidt lille lite liten litt lyst läkare mad mamma
        man mange mars mat med meg mellan men mer mere mest middag mig min mina mindre mit mitt morgen
        morgon mot mycket mye må många måste möte møte nat natt ned nei nej ni noe noen nog noget nogle nok
        norsk nu ny nya nye nytt när nå någon något nån och också og også om ond ont op opp oss over pengar
        penge penger problem problemer på regn rolig roligt sa sagt sak samma samme seg selv semester sent
        ser si sig sin sina sist sista siste sjuk sjukhus sjukt ska skal skjer skulle slik slut sluta snart
        som sova sove spørsmål stor svårt syg synd synes så sånn sök søndag tack tak takk tid tiden tider
        til till tog torsdag trasig trevlig trist tror träffa trött trøtt tåg tåget ud uden uke ur ut utan
        uten vad var vara varför varit vecka veckan ved veldig vem vente venter verkligen vet vi vid vil
        vill ville virkelig vores väldigt vänta vår være vært än är även åka år åt över ødelagt øjeblik øl
        """,
    "Finnish": """
        aika aina anteeksi ehkä ei eikä en ennen et että he hei hieno hienoa huomenna huomenta huono hyvin
        hyvä hyvää hän ihan ikävä ilman ja jo joka jos jotain juna kai kaikki kanssa kiitos kiva kokous
        koska koti kotiin kotona kuin kun kyllä liian me meillä meni miksi mikä minulla minun minä missä
        mitä moi mulla mun mutta myös ne niin nyt nähdään näin ok ole olen olet oli olisi on ongelma
        ongelmaa onko onnea ovat paljon pitää päivä päivää rakastan sa sairas sama se sen siellä siis
        sinulla sinä sitten sitä sulla surullinen tai te terve tiedä tosi tule tulee tulen työ tämä tänään
        töissä vai vain vielä viikko voi väsynyt yö yötä
        """,
    "Polish": """
        ale bardzo bez bo boli by być był była było będzie będę chce chcę chora chory cię co coś czas czasu
        cześć czy deszcz dla dlaczego do dobra dobranoc dobre dobry dobrze dom domu dużo dzień dzisiaj
        dzięki dziękuję fajnie fatalnie gdy gdzie go gratulacje głowa i ich ile inny ja jak jakie je jest
        jestem jeszcze jutra jutro już kiedy kocham koniec kot kto która który lekarz lepiej lub ludzie ma
        mam masz mi miło mnie mogę moja może możesz musi muszę myślę mój na nad nam nas nic nie nienawidzę
        nigdy niż no nowa nowy o od okropne ona one oni pa pada pan pies po pociąg pod ponieważ praca pracy
        problem problemu proszę przed przepraszam przez przy płakać rano raz rok serce się smutny spać spoko
        spotkanie sprawy spóźniony strasznie szkoda szpital są słabo tak taki także tam te tego ten teraz
        też to tu ty tydzień tylko tym u umarł urodziny w wakacje wieczorem wieczór wiem wiesz witam więc
        wolno wszyscy wszystko z za zaraz zawsze ze zepsuty znowu zły świetnie że żeby życie
        """,
    "Czech, Slovak": """
        ahoj aj ako ale asi až bez bolí bude budem bych byl byla bylo chceš chci co den dlho dlouho dnes do
        dobrá dobrý doma dost drahý díky děkuji hezky ho hodně hrozné i ja jak jako jdu je jedu jeho jej jen
        ještě jsem jsi jsme jsou já kde kdo když kolik konec krásný který kto ktorý lepší lidi ma mi miluju
        mne moc mohu mrzí mu musím má mám mě můj můžu na nad ne nemám není nevím nic nie nič noc nový o od
        pes po pod pokud pre pro problém promiň prosím proto protože práce práci prší pár pěkný před přes
        při rád ráda ráno s sa schůzka se si sme smutný som spát stačí strašně stále super sú ta tady tak
        taky také tam ten tento teď to tohle tu ty týden u unavený už v ve velmi večer veľmi viac vidím vlak
        vlastně víc víkend vím víš však všechno z za zase ze zle zítra ďakujem škoda špatně že žiadny žádný
        """,
    "Croatian, Serbian, Slovene": """
        ali bi bih bila bilo bio biti da dan danas do dobar dobro ga gde gdje hvala i ili ima imam iz ja je
        jer još ju kad kada kako kao ko koja koje koji lep lijepo mi moj moja može na nam ne nego neki nema
        ni nije nisam ništa o od ona oni ovo po pri s sa sada sam samo se si smo ste sto su sutra sve svi ta
        taj tako te ti to treba tu u uz vam već vi vrlo z za zašto zelo šta što žao
        """,
    "Hungarian": """
        a az azt be beteg bocs bocsi boldog csak de eddig egy el este ez ezt fel fáradt gratulálok ha haza
        hogy hogyan holnap ház ideje idő igen is itt jobb jó jól jön kell ki kicsi kérdés kérem későn köszi
        köszönöm le legyen lehet lesz látom ma majd meg mert mi mikor mindenki mindig mint most munka már
        még nagyon napot ne nekem nem nincs olyan pedig probléma reggelt rossz sajnos sem semmi szeretem
        szeretlek szia szomorú szép te tegnap tudom után vagy vagyok van volt vonat és ön örülök ő
        """,
    "Romanian": """
        acasă aceasta această acest acum ai al am ani ar are asta atunci au azi așa bani bine bolnav bravo
        bun bună ca care casa ce cel cine cred cu cum cumva când că da dar de deci dimineata dimineața din
        doar după e ea el este eu ești fericit fi foarte fost frumos fără gata ieri iubesc la lucru luni mai
        mea mereu meu mi mult multumesc mulțumesc mâine ne nevoie nici nimic noapte noaptea noi nou nu o
        oameni obosit odată oră pe pentru poate prea prieten problema problemă rău sa salut scuze seara sper
        stiu sunt să te timp tine toate tot tren trenul trist tu un unde va vine vreau vreme vă zi ziua îmi
        în și știu
        """,
    "Turkish": """
        abi acaba aferin ama ancak anladım arkadaş artık bana bazı belki ben beni benim berbat bil biliyorum
        bir biraz biri biz bize bizim bu bugün bunu böyle büyük da daha de değil diye doğum dün efendim en
        ev eve evet gece gel geldi geldim geliyor gibi git göre güle günaydın güzel hafta hasta hava haydi
        hayır hem hep her hiç ile ise iyi için içinde iş işte kadar kedi kendi ki kim korkunç kutlu kötü
        merhaba mi mu mutlu mü mı nasıl ne neden nerede o olan olarak oldu olsun ona onu para peki saat
        sabah sadece selam sen seni sevgili seviyorum siz sonra sorun tabii tamam teşekkürler toplantı tren
        tüm uyku var ve veya ya yani yarın yemek yeni yok yorgun zaten zor çok çünkü öyle üzerine üzgün şey
        şimdi şu
        """,
    "Indonesian, Malay": """
        ada adalah air aja akan aku anak anda apa apakah atas atau bagaimana bagus baik banget banyak baru
        belum benar berapa besar besok bisa boleh bukan buruk capek cinta dan dari datang deh dengan di dia
        dong dulu enak gak gimana gitu habis hanya hari harus hujan ini itu jadi jam jangan jika juga kalau
        kami kamu karena kasih ke kenapa kepada kereta kerja kita kok kuat lagi lama lapar lebih lupa maaf
        makan makasih malam mana masalah masih mati mau mereka minum mulai nanti nggak nih nya oleh orang
        pada pagi pergi pulang rapat rumah sakit salah sama sangat saya sayang sebuah sedih sekali sekarang
        selamat semua senang seperti siang siapa sih sudah suka tak tapi telah teman terima tetapi tidak
        tidur tolong untuk waktu ya yang
        """,
    "Filipino": """
        ako ang ano at ay ba bakit dahil din dito hindi ikaw ito kami kasi kayo ko kung lahat lang mag
        maganda mahal mga mo na naman namin ng ngayon ni nila nito niya pa para po sa salamat sana si sila
        siya talaga tayo tungkol wala yung
        """,
    "Catalan": """
        així això amb aquest aquesta aquí avui bon bona bé com dels demà des els em encara estic està et fa
        fer gràcies ha hi ho i ja jo la les meu molt moltes més no nosaltres on pel per perquè però quan que
        què res sense ser si sóc també tan tinc tot tots té un una vaig vull és
        """,
    "Estonian, Latvian, Lithuanian": """
        aga aitäh ar ačiū aš bet es est homme ir iš jis ka kad kaip kas ko kui kus kā labai labas labdien ma
        man mis mul mēs nav nii no ole on paldies palun par sa see siis su ta tai tere tu täna un uz vai
        veel väga yra į ļoti šodien
        """,
    "Albanian": """
        dhe faleminderit jam jo kam këtë mirë më nga një nuk në po për që shumë si të unë është
        """,
    "Swahili": """
        asante habari hapa hii huu kwa lakini mimi na nini nzuri sana sasa si wa wewe ya yangu
        """,
    "Hindi, Urdu": """
        aap accha aur bahut bhai bhi haan hai hain hum jab ka kab kaise kar karna karo ke ki ko koi kuch kya
        kyun main mein mera meri mujhe nahi nahin par raha rahe rahi se tha theek thi tum tumhe wo woh yaar
        ye yeh
        """,
    "Vietnamese": """
        anh bạn cho chúng các cái còn có cũng cảm của em hay không là làm lại lắm mà mình một người như
        nhưng những nào này quá ra rất rồi sẽ thì thế trong tôi tốt và vẫn vậy về với xin đang đi đây đã
        được đến để ơn ở
        """,
}

_SHARED = """
    ad adore af ai air aj al ale ali alt am ar arrive au aus auto ay az ba bald bare barn bella ben bent bet
    bi bin bio biz bo boot bra bravo bu ca cane car care catastrophe ce ces chi chose co com come comment
    con content courage cu cum dal dan den di dia dice die dies dig do doe dong due e ea ed ek em en er era
    error est et eu eve ez fa fan fantastico fare fast fatigue favor fest fi fiesta fin font for ga gel
    genial git glad god grand grande gut ha haar halt hat hay hem her herr hi ho hoe horrible hum hun hunger
    ima inn ins io ir iz j ja jam jo kat ke kim kind kinder ko kung l la legal les li lite lo ma maar mad
    mag main mal male man mano mars me med meg men mere mes met mi mia min mint mir mis mit mo mon mort na
    net ng ni no non nova nu ny nye o och od ok om one op os pa pan par pause pe per perfecto persona plus
    po pod pour pre prima pro problem ramp regen res retard reunion sa sale salut sam se sea semester sen
    sense si sin slut so sole solo son sorry stom su super sur sus ta tag tan tard te ten tes tha ti til
    toll ton tot tout train tu ty um un ut va vain van ve vers vet vi vid ville vine wa want war was wie wo
    y yang ye yo z zo
    """
SHARED = frozenset(_SHARED.split())
"""English words that other languages have too, and letters that stand for words in chat: they count for a
language only beside others of it."""

_BORROWED = """
    adios amigo arigato auf bitte bon bonjour bonsoir buenos ciao danke de el gracias grazie hola kaputt la
    las le les los merci mucho muchas nada nein obrigado oui prego señor und viva voilà
    """
BORROWED = frozenset(_BORROWED.split())
"""Words that people drop into English: they count less."""

_ENGLISH = """
    able actually ago almost already always another anybody anyone anything app area around ask asked away
    back bad bc best better big bit book boy break bring brother bus business buy c'mon call called came car
    case change check city class close code coffee cold come comes coming company cool couple cut d'aww d'oh
    d'ya dad data date day days deal deploy different dinner docs doesn done door drink drive early eat eats
    else email end enough even evening ever every everybody everyone everything face family far feel feeling
    few file find fine finish first fix follow food forget found free friday friend friends full fun game
    gave girl girls give given goes gone gonna good gotta great group guess guy guys haha half happen
    happened happy hard head hear heard hello help hey high hit hold home hope hour hours house idea
    important instead internet issue job join keep kid kids kind knew know known last late later learn least
    leave left less let life line link list listen little live lol long look looking looks lost lot lots
    love lunch made make makes making many match may maybe mean means meant meet meeting men message met
    might minute minutes miss moment monday money month months morning mother move movie much music must
    name near need needs never new news next nice night nothing nowhere number office often old omg open
    order others own page part party past pay people person phone pic pick picture place plan play please
    point post pretty problem product project put question quick quite read ready real really reason release
    remember rest right road room run running said sale same saturday saw say saying says school second see
    seems seen send sent server service set several shit show shows side since sister sit site small someone
    something sometimes song soon sound sounds speak start started state stay still stop store story stuff
    sunday super sure system take taken takes taking talk team tell test thank thanks thing things think
    thinking thought three thursday ticket till time times today together told tomorrow tonight took top
    toward town train tried trip true try trying tuesday turn tv two type update use used using usually
    version via video visit wait waiting wake walk wanna want wanted wants watch watching water way wear
    weather website wednesday week weekend weeks well went whatever whether whole whose wife win without
    woman women word words work worked working works world worth write wrong yeah year years yes yesterday
    yet young
    """
ENGLISH = frozenset(_ENGLISH.split())
"""What people write in English every day, beyond stop words; words with a feeling are in the lexicon."""
