# Geiriau tudalennau plant, oedolion a theuluoedd, yn Gymraeg. Awaiting a Welsh speaker's check.

language-name = Cymraeg
language-direction = ltr
language-checked = no
language-note = Mae'r geiriau hyn yn aros i siaradwr Cymraeg eu gwirio. These words are awaiting a Welsh speaker's check.

## The frame of every page

frame-skip = Neidio i'r brif ran
frame-demonstration = Arddangosiad yw hwn. Mae pawb yma wedi'u dyfeisio.
frame-be-someone-else = Bod yn rhywun arall
frame-help-now = Cael help nawr
frame-leave = Gadael y dudalen yn gyflym
frame-main = Prif
frame-footer = Rhagor
frame-sign-out = Allgofnodi
frame-error = Gwall
frame-error-heading = Mae rhywbeth ar goll
frame-run-by = Cynhelir gan { $council }.
frame-languages = Iaith
frame-home = Hafan
frame-read = Darllen
frame-people = Pobl
frame-write = Ysgrifennu
frame-answers = Atebion
frame-rights = Fy hawliau
frame-readers = Pwy sydd wedi darllen amdanaf
frame-print = Argraffu'r dudalen hon
frame-back-home = Yn ôl i'r dechrau

## Lengths of time

length-days = { $n ->
    [two] { $n } ddiwrnod
   *[other] { $n } diwrnod
}
length-weeks = { $n ->
   *[other] { $n } wythnos
    [two] { $n } wythnos
}
length-months = { $n ->
    [two] { $n } fis
   *[other] { $n } mis
}
length-years = { $n ->
    [one] { $n } flwyddyn
    [two] { $n } flynedd
   *[other] { $n } blynedd
}
month-1 = Ionawr
month-2 = Chwefror
month-3 = Mawrth
month-4 = Ebrill
month-5 = Mai
month-6 = Mehefin
month-7 = Gorffennaf
month-8 = Awst
month-9 = Medi
month-10 = Hydref
month-11 = Tachwedd
month-12 = Rhagfyr
day-of-month = { $day } { $month }
day-of-year = { $day } { $month } { $year }

## Coming in for the first time

come-in-title = Dewch i mewn
come-in-gone-heading = Nid yw'r ddolen hon yn gweithio nawr
come-in-gone = Mae wedi'i defnyddio, neu mae'n rhy hen, neu fe'i tynnwyd yn ôl. Gofynnwch i'r person a'i rhoddodd i chi am un newydd.
come-in-gone-sign-in = Os ydych wedi bod yma o'r blaen, gallwch fewngofnodi.
come-in-heading = Helô. Mae'r dudalen hon i { $name }.
come-in-lead = Dywedwyd cod wrthych. Dim ond chi a'r person a'i dywedodd sy'n ei wybod.
come-in-not-you = Os nad chi yw hwn, caewch y dudalen hon a pheidiwch â theipio dim.
come-in-code = Eich cod
come-in-code-hint = Chwe llythyren a rhif. Mae llythrennau mawr a bach yr un fath.
come-in-next = Nesaf
come-in-code-wrong = { $left ->
    [one] Nid dyna'r cod. Gallwch roi cynnig arall arni { $left } waith.
    [two] Nid dyna'r cod. Gallwch roi cynnig arni { $left } waith eto.
   *[other] Nid dyna'r cod. Gallwch roi cynnig arni { $left } gwaith eto.
}
come-in-keys-heading = Dewiswch sut i ddod i mewn
come-in-keys-lead = Bydd angen tri pheth arnoch y tro nesaf: enw, cyfrinair, a chod o ffôn.
come-in-name = Enw i ddod i mewn gydag ef
come-in-name-hint = Dyfeisiwch un. Nid oes rhaid iddo fod yn enw go iawn. Defnyddiwch lythrennau a rhifau.
come-in-name-taken = Mae rhywun yn defnyddio'r enw hwn. Rhowch gynnig ar un arall.
come-in-name-wrong = Defnyddiwch 3 i 40 o lythrennau a rhifau, heb fylchau.
come-in-password = Cyfrinair
come-in-password-hint = O leiaf 12 llythyren. Tri neu bedwar gair od sydd orau.
come-in-password-again = Yr un cyfrinair eto
come-in-password-differs = Nid yw'r ddau hyn yr un fath. Teipiwch y ddau eto.
come-in-password-short = Defnyddiwch o leiaf 12 llythyren. Tri neu bedwar gair od sydd orau.
come-in-password-easy = Gallai rhywun ddyfalu hwn. Defnyddiwch dri neu bedwar gair od.
come-in-phone-heading = Cysylltu ffôn
come-in-phone = Agorwch ap codau ar ffôn. Mae un gan lawer o ffonau. Sganiwch y sgwâr hwn ag ef.
come-in-phone-cannot = Ni allaf ei sganio
come-in-phone-type = Teipiwch hwn i'r ap:
come-in-phone-code = Y chwe rhif y mae'n eu dangos nawr
come-in-phone-wrong = Nid dyma'r rhifau y mae'n eu dangos nawr. Arhoswch am y rhai nesaf.
come-in-done = Dewch i mewn

## Signing in

sign-in-title = Mewngofnodi
sign-in-heading = Dewch i mewn
sign-in-name = Eich enw yma
sign-in-password = Eich cyfrinair
sign-in-code = Y chwe rhif ar eich ffôn
sign-in-code-hint = Neu un o'r codau a ysgrifennoch i lawr.
sign-in-button = Dewch i mewn
sign-in-wrong = Nid yw'r enw, y cyfrinair neu'r rhifau'n gywir. Rhowch gynnig arall arni.
sign-in-old = Bu'r dudalen hon ar agor am amser hir. Rhowch gynnig arall arni.
sign-in-out = Rydych wedi allgofnodi.
sign-in-cannot = Ni allaf fynd i mewn
sign-in-cannot-words = Gofynnwch i'r person sy'n gweithio gyda chi am ddolen newydd. Bydd yn dweud cod newydd wrthych hefyd.
sign-in-staff = Rwy'n gweithio i'r cyngor

## The start

home-title = Hafan
home-hello = Helô { $name }
home-lead = Eich tudalen chi yw hon. Gallwch ei darllen. Gallwch ychwanegu ati. Gallwch ddweud pan fydd yn anghywir.
home-new-heading = Newydd i chi
home-answered = Atebodd { $name } chi
home-read-answer = Ei ddarllen
home-written = Ysgrifennodd { $name } am { $day }
home-next-heading = Beth sy'n digwydd nesaf
home-next-none = Nid oes dim wedi'i drefnu y gallwn ei ddangos yma. Gallwch ofyn.
home-promise-us = Dywedodd { $name } y byddai'n: { $what }
home-promise-you = Dywedoch chi y byddech yn: { $what }
home-promise-by = erbyn { $day }
home-promise-late = Dylai fod wedi'i wneud erbyn hyn. Gallwch ofyn pam nad yw.
home-people-heading = Eich pobl
home-people-all = Gweld pawb
home-write-heading = Dweud rhywbeth
home-write-lead = Gofynnwch i ni. Dywedwch wrthym. Anfonwch lun atom.
home-write-button = Ysgrifennu atom
home-read-heading = Beth sydd wedi'i ysgrifennu amdanoch
home-read-all = Darllen y cyfan
home-read-none = Nid oes dim yma i'w ddarllen eto. Pan fydd rhywun yn ysgrifennu am ddiwrnod gyda chi, gallwch ei ddarllen yma.
home-safe-heading = Ddim yn ddiogel nawr?
home-safe-999 = Ffoniwch 999.
home-safe-999-quiet = Os na allwch siarad, ffoniwch 999 ac yna pwyswch 55.
home-safe-childline = Gallwch siarad â Childline unrhyw bryd. Mae am ddim. Ffoniwch 0800 1111.
home-safe-history = Nid yw gadael y dudalen yn gyflym yn cuddio eich bod wedi bod yma. Mae eich ffôn yn dal i wybod.

## Reading

read-title = Darllen
read-heading = Beth sydd wedi'i ysgrifennu amdanoch
read-lead = Dyma ddyddiau pan oeddech chi yno, neu eiriau i chi. Os nad ydych yn cytuno, dywedwch. Rydym yn cadw eich geiriau wrth ei ochr.
read-only-words = Dim ond eich geiriau chi a ddangoswn. Rhywun arall biau gweddill y diwrnod hwnnw.
read-agreed = Beth y dywedon ni y byddem yn ei wneud
read-written = Ysgrifennodd { $name } hwn ar { $day }.
read-written-you = Ysgrifennoch chi hwn ar { $day }.
read-disagree = Nid wyf yn cytuno
read-open = Darllen y cyfan
read-one-title = Un diwrnod
read-voice-said = dywedodd
read-voice-wrote = ysgrifennodd
read-voice-drew = tynnodd lun
read-voice-thought = meddyliodd
read-voice-translated = dywedodd, mewn geiriau eraill
read-disagrees = nid yw'n cytuno
read-answered = atebodd
sort-visit = Ymweliad
sort-call = Galwad ffôn
sort-message = Neges
sort-meeting = Cyfarfod
sort-observation = Rhywbeth a welsom
sort-letter = Llythyr
sort-note = Nodyn
sort-step = Cam
sort-with = { $sort } gyda { $name }

## Not agreeing

disagree-title = Nid wyf yn cytuno
disagree-heading = Beth sy'n anghywir? Beth sy'n gywir?
disagree-lead = Rydym yn cadw eich geiriau wrth ochr ein geiriau ni am byth. Ni all neb eu newid na'u tynnu.
disagree-words = Eich geiriau
disagree-words-hint = Dywedwch ef fel y byddech yn ei ddweud wrth ffrind.
disagree-button = Rhoi fy ngeiriau wrth ei ochr
disagree-done = Mae eich geiriau wrth ei ochr nawr. Bydd rhywun yn eich ateb erbyn { $day }.
disagree-missing = Ysgrifennwch beth sy'n anghywir, yn eich geiriau eich hun

## People

people-title = Pobl
people-heading = Pwy yw pwy
people-lead = Mae'r bobl hyn yn gweithio gyda chi. Gallwch eu ffonio neu ysgrifennu atynt.
people-none = Nid oes neb yn gweithio gyda chi ar hyn o bryd. Gallwch ysgrifennu o hyd. Bydd rhywun yn ei ddarllen.
people-responsible = Yn atebol am yr help a gewch
people-helping = Yn eich helpu
people-reviewing = Yn gwirio bod eich cynllun yn iawn i chi
people-since = Gyda chi ers { $length }
people-since-new = Newydd i chi
people-ring = Ffoniwch { $phone }
people-mail = Ysgrifennwch at { $email }
people-away = I ffwrdd nawr. Mae { $name } yn cymryd ei le.
people-write = Ysgrifennu at { $name }

## Writing

write-title = Ysgrifennu
write-heading = Dweud rhywbeth
write-lead = Nid yw sillafu o bwys. Rhegwch os oes angen.
write-words = Eich geiriau
write-photos = Llun neu ffeil
write-photos-hint = O lun, llythyr, unrhyw beth yr hoffech i ni ei weld.
write-who = Pwy all ei ddarllen?
write-who-all = Y bobl sy'n gweithio gyda mi
write-who-one = Dim ond { $name }
write-who-hint = Os oes rhywun yn cael ei frifo, rhaid i'r un sy'n ei ddarllen ddweud wrth eraill. Bydd yn dweud wrthych chi'n gyntaf os gall.
write-button = Anfon
write-missing = Ysgrifennwch rywbeth yn gyntaf
write-photo-wrong = Ni allem gadw { $name }. Anfonwch lun, PDF neu destun. Mae'r gweddill yma o hyd.
write-sent = Mae wedi'i anfon. Bydd rhywun yn eich ateb erbyn { $day }.

## Questions and answers

answers-title = Atebion
answers-heading = Beth ysgrifennoch chi, a beth ddywedon ni
answers-none = Nid ydych wedi ysgrifennu atom eto.
answers-asked = Ysgrifennoch chi hwn ar { $day }
answers-waits = Byddwn yn eich ateb erbyn { $day }.
answers-late = Dylem fod wedi'ch ateb erbyn { $day }. Mae'n ddrwg gennym. Gallwch ddweud y drefn wrthym.
answers-answered = Atebodd { $name } ar { $day }

## Who has read

readers-title = Pwy sydd wedi darllen
readers-heading = Pwy sydd wedi darllen amdanoch
readers-lead = Bob tro y mae rhywun yn agor yr hyn a ysgrifennwyd amdanoch, caiff ei nodi. Ni ellir ei guddio.
readers-none = Nid oes neb wedi darllen amdanoch eto.
readers-times = { $n ->
    [one] unwaith
    [two] ddwywaith
   *[other] { $n } gwaith
}
readers-row = { $name } { $why }
readers-last = Y tro olaf ar { $day }
readers-refused = Roedd { $name } eisiau edrych ac ni chafodd ei adael i mewn
readers-not-right = Oes un ohonynt nad yw'n iawn? Dywedwch wrthym. Rhaid i ni gael gwybod.
reason-council = (yn gweithio i'r cyngor)
reason-keeps-list = (yn cadw'r rhestr o gofnodion y caiff ychydig yn unig eu gweld)
reason-responsible = (yn atebol am yr help a gewch)
reason-helping = (yn gweithio gyda chi)
reason-reviewing = (yn gwirio bod eich cynllun yn iawn i chi)
reason-covering = (wedi cymryd lle eich gweithiwr)
reason-leads = (yn arwain y tîm sy'n gweithio gyda chi)
reason-began = (wedi ysgrifennu'r pethau cyntaf amdanoch)
reason-listed = (yn un o'r ychydig a gaiff weld eich cofnod)
reason-glass = (nid yw'n gweithio gyda chi, ac roedd rhaid dweud pam yr edrychodd)
reason-household = (yn gweithio gyda rhywun sy'n byw gyda chi)
reason-responsibility = (yn gweithio gyda phlentyn yr ydych yn gofalu amdano)
reason-wrote-it = (a'i hysgrifennodd)
reason-was-there = (oedd yno)
reason-another = (yn gweithio gyda rhywun arall y mae'n sôn amdano)
reason-post = (yn gofalu am yr holl gofnodion)
reason-leads-breaker = (wedi gwirio bod gan rywun arall reswm da dros edrych)
reason-program = (cyfrifiadur y cyngor ei hun)
reason-unknown = (wedi edrych ar adeg pan na nodwyd pam)

## Rights

rights-title = Fy hawliau
rights-heading = Eich hawliau
rights-advocate-heading = Rhywun ar eich ochr chi
rights-advocate = Gallwch gael eiriolwr. Person sydd ar eich ochr chi yn unig yw hwnnw. Nid yw'n gweithio i ni. Mae'n eich helpu i ddweud beth rydych ei eisiau. Chi sy'n ei ddewis.
rights-advocate-ask = Gofyn am eiriolwr
rights-complain-heading = Dweud ein bod wedi'i gael yn anghywir
rights-complain = Gallwch gwyno. Ni fydd byth yn cyfrif yn eich erbyn. Mae rhywun nad oedd yn rhan ohono'n edrych arno, ac yn dweud wrthych beth a ganfu o fewn 10 diwrnod gwaith.
rights-complain-ask = Ysgrifennu cwyn
rights-file-heading = Copi o'r hyn sydd gennym
rights-file = Gallwch ofyn am bopeth sydd wedi'i ysgrifennu amdanoch. Rydym yn ei roi i chi o fewn mis. Gall rhywun ei ddarllen gyda chi.
rights-file-ask = Gofyn am gopi
rights-worker-heading = Gweithiwr gwahanol
rights-worker = Gallwch ddweud nad yw'n gweithio gyda'r person sydd gennych. Byddwn yn siarad â chi amdano.
rights-worker-ask = Dweud hynny

## Getting help now

help-title = Cael help nawr
help-heading = Cael help nawr

## When something goes wrong

wrong-title = Heb ei ganfod
wrong-heading = Nid oes dim yma
wrong-words = Efallai bod y dudalen wedi symud. Mae'r hyn a ysgrifennoch yn ddiogel.
wrong-too-old = Bu'r dudalen hon ar agor am amser hir. Ewch yn ôl a rhowch gynnig arall arni.
