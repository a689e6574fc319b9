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
frame-story = Fy stori
frame-plan = Ein cynllun
frame-people = Pobl
frame-touch = Cysylltiad
frame-write = Ysgrifennu
frame-answers = Atebion
frame-rights = Fy hawliau
frame-readers = Pwy sydd wedi darllen amdanaf
frame-spaces = Mannau eraill
frame-coming = Pwy arall sy'n dod i mewn
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
length-working-days = { $n ->
    [two] { $n } ddiwrnod gwaith
   *[other] { $n } diwrnod gwaith
}
length-hours = { $n ->
   *[other] { $n } awr
    [two] { $n } awr
}
ago-today = heddiw
ago = { $length } yn ôl
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
day-of-week = { $weekday } { $day }
weekday-1 = dydd Llun
weekday-2 = dydd Mawrth
weekday-3 = dydd Mercher
weekday-4 = dydd Iau
weekday-5 = dydd Gwener
weekday-6 = dydd Sadwrn
weekday-7 = dydd Sul
time-am = { $time } y bore
time-pm = { $time } y prynhawn

## Llythyrau ac e-byst

letter-subject = Tudalen i chi
letter-hello = Helo.
letter-lead = Mae rhywun yr ydych wedi cwrdd ag ef wedi gwneud tudalen i chi. Gallwch ei hagor yma:
letter-code = Mae'r dudalen yn gofyn am god. Cewch glywed y cod pan fyddwch yn cwrdd, neu ar y ffôn. Nid ydym byth yn ei ysgrifennu i chi.
letter-until = Mae'r ddolen hon yn gweithio tan { $day }.
letter-not-you = Ddim yn gwybod beth yw hwn? Yna gallwch ei daflu. Nid yw'n agor dim heb y cod.

## Coming in for the first time

come-in-title = Dewch i mewn
come-in-gone-heading = Nid yw'r ddolen hon yn gweithio nawr
come-in-gone = Mae wedi'i defnyddio, neu mae'n rhy hen, neu fe'i tynnwyd yn ôl. Gofynnwch i'r person a'i rhoddodd i chi am un newydd.
come-in-gone-sign-in = Os ydych wedi bod yma o'r blaen, gallwch fewngofnodi.
come-in-heading = Helô. Mae'r dudalen hon i un person.
come-in-lead = Dywedwyd cod wrthych. Dim ond chi a'r person a'i dywedodd sy'n ei wybod.
come-in-not-you = Os nad oes neb wedi dweud cod wrthych, caewch y dudalen hon a pheidiwch â theipio dim.
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
come-in-already-heading = Rydych yn dod i mewn yma eisoes
come-in-already = Mewngofnodwch fel arfer. Yna agorwch y ddolen hon eto a theipiwch y cod.
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

## What happens next

next-lead = Gallwch ddod. Gallwch ofyn. Gallwch ddweud na.
next-due-heading = Does dim diwrnod wedi'i bennu eto
next-due-lead = Mae pob dyddiad yma yr un olaf. Gall fod yn gynt.
next-when-at = { $day } am { $time }
next-line = { $when }: { $what }
next-with = { $what }, gyda { $names }
next-kind-visit = Ymweliad
next-kind-meeting = Cyfarfod
next-kind-review = Cyfarfod am y cynllun
next-kind-court = Llys
next-kind-appointment = Rhywun i'w weld
next-about = Mae'n ymwneud â { $child }.
next-way-face = Byddwch yn cwrdd wyneb yn wyneb.
next-way-phone = Mae ar y ffôn.
next-way-online = Mae ar sgrin.
next-place = Ble: { $place }
next-place-ask = Gofynnwch i ni ble mae.
next-who = Pwy fydd yno
next-who-you = Chi.
next-why = Pam
next-can = Beth gallwch chi ei wneud
next-can-come = Gallwch ddod.
next-can-send = Gallwch anfon eich geiriau. Yna does dim rhaid i chi ddod.
next-can-bring = Gallwch ddod â rhywun gyda chi.
next-can-not = Gallwch aros gartref. Mae hynny'n iawn.
next-moved = { $day } oedd e. Nawr mae'n ddiwrnod newydd.
next-moved-time = Yr un diwrnod yw e o hyd. Mae'r amser yn newydd.
next-off = Fydd hyn ddim yn digwydd
next-off-line = { $when }: fydd hyn ddim yn digwydd
next-said-yes = Dywedoch chi eich bod eisiau dod.
next-said-no = Dywedoch chi nad ydych eisiau dod.
next-say-link = Dywedwch a ydych eisiau dod, neu gofynnwch
next-say-what = Beth hoffech chi ei ddweud wrthon ni?
next-say-yes = Rydw i eisiau dod
next-say-no = Dydw i ddim eisiau dod
next-say-ask = Rydw i eisiau gofyn rhywbeth
next-say-words = Eich geiriau
next-say-hint = Gallwch adael hwn yn wag os nad ydych yn gofyn.
next-say-button = Anfon
next-say-missing = Dewiswch un
next-say-about = Ynghylch { $day }
next-calendar = Rhoi hwn ar fy ffôn
next-calendar-name = Mae rhywbeth ymlaen
next-touch-visit = Byddwch chi a { $name } yn gweld eich gilydd
next-touch-call = Byddwch chi a { $name } yn siarad ar y ffôn
next-touch-message = Byddwch chi a { $name } yn ysgrifennu at eich gilydd
next-touch-letter = Byddwch chi a { $name } yn anfon llythyrau
next-touch-more = Mwy amdanoch chi a { $name }
next-more = Pwy sy'n dod, a beth y gallwch ofyn amdano
next-someone = Rhywun
next-visit = Bydd { $name } yn dod i'ch gweld erbyn { $day }
next-visit-of = Bydd { $name } yn dod i weld { $child } erbyn { $day }
next-visit-why = I weld sut mae pethau. Gallwch ofyn am gael siarad ar eich pen eich hun. Gallwch ddweud ble hoffech chi gwrdd.
next-review = Mae cyfarfod am eich cynllun erbyn { $day }
next-review-of = Mae cyfarfod am y cynllun i { $child } erbyn { $day }
next-review-why = Mae'n edrych ar beth a wnaed a beth na wnaed. Gallwch ddod. Gallwch ddod â rhywun. Gallwch anfon eich geiriau. Gallwch ofyn pwy fydd yno.
next-leads = { $name } sy'n ei arwain.
next-group = Bydd y bobl sy'n eich helpu yn cwrdd erbyn { $day }
next-group-of = Bydd y bobl sy'n helpu { $child } yn cwrdd erbyn { $day }
next-group-why = Mae pob un yn dweud beth mae wedi'i wneud. Gallwch ofyn am fod yno. Gallwch ofyn beth ddywedon nhw.
next-ask = Gofyn amdano

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
read-older = Dangos dyddiau hŷn
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

## My story

story-title = Fy stori
story-heading = Eich stori hyd yma
story-lead = Chi ddywedodd hyn wrthym. Ni ddylai fod rhaid i chi ei ddweud eto. Onid yw'n iawn mwyach? Dywedwch.
story-part-who-i-am = Pwy ydw i
story-part-what-has-happened = Beth sydd wedi digwydd
story-part-who-matters = Pwy sy'n bwysig i mi
story-part-what-helps = Beth sy'n helpu
story-part-harder = Beth sy'n ei wneud yn anoddach
story-part-what-i-want = Beth rwyf ei eisiau
story-nothing = Nid oes dim yma eto.
story-you-told = Dywedoch chi hyn wrthym { $ago }.
story-other-told = Dywedodd { $name } hyn wrthym { $ago }.
story-put-together = Rhoddodd { $name } hyn at ei gilydd { $ago }. Daw o'r hyn sydd wedi'i ysgrifennu.
story-from = Mae'n dod o:
story-say = Ychwanegu ato, neu ddweud nad yw'n iawn
story-who-read = Pwy sydd wedi darllen eich stori
story-read-by = Darllenodd { $name } hi ar { $day }.
story-read-by-new = Darllenodd { $name } hi ar { $day }. Dywedoch fwy wrthym ers hynny.
story-not-read = Nid yw { $name } wedi'i darllen eto.
story-nobody-read = Nid oes neb wedi'i darllen eto.
story-again = { $n ->
    [one] Bu'n rhaid i chi ddweud { $n } peth wrthym eto. Mae'n ddrwg gennym.
    [two] Bu'n rhaid i chi ddweud { $n } beth wrthym eto. Mae'n ddrwg gennym.
   *[other] Bu'n rhaid i chi ddweud { $n } peth wrthym eto. Mae'n ddrwg gennym.
}
story-of-others = Beth ddywedoch chi wrthym am { $name }
story-say-title = Fy stori
story-say-lead = Nid ydym yn newid eich stori heboch chi. Bydd rhywun sy'n gweithio gyda chi yn darllen hwn ac yn ei gywiro gyda chi.
story-say-words = Beth nad yw'n iawn? Beth hoffech chi ei ychwanegu?

## Our plan

plan-title = Ein cynllun
plan-heading = Ein cynllun
plan-lead = Caiff ei wneud gyda chi. Gallwch ddweud os yw'n anghywir. Byddwn yn ei newid gyda chi.
plan-of = Y cynllun i { $name }
plan-none = Nid oes cynllun yma eto.
plan-goal-own = Beth rydych chi ei eisiau
plan-goal-other = Beth mae eraill ei eisiau i chi
plan-strength = Beth sy'n dda
plan-worry = Beth sy'n ein poeni
plan-support = Beth fyddwn ni'n ei wneud
plan-change = Beth sy'n rhaid newid
plan-goals = Beth rydym ei eisiau
plan-your-number = Dywedoch chi { $value } allan o 10 ar { $day }.
plan-other-number = Dywedodd { $name } { $value } allan o 10 ar { $day }.
plan-promises = Beth a addawyd
plan-whole = Darllen y cyfan
plan-whole-note = Gallwch ddarllen yr hyn a ysgrifennodd y lleill ynddo hefyd. Mae rhai pethau'n anodd eu darllen.
plan-child = Darllen fy nhudalen fy hun yn unig
plan-agree-heading = Ydych chi'n cytuno ag ef?
plan-you-said = Dywedoch chi hyn ar { $day }:
plan-changed = { $n ->
    [one] Mae { $n } llinell yn newydd ers hynny.
    [two] Mae { $n } linell yn newydd ers hynny.
   *[other] Mae { $n } llinell yn newydd ers hynny.
}
plan-agreed = Rwy'n cytuno
plan-partly = Rwy'n cytuno â rhan ohono
plan-not-agreed = Nid wyf yn cytuno
plan-words = Pam? Beth ddylai newid?
plan-words-hint = Dywedwch ef yn eich geiriau eich hun.
plan-send = Anfon
plan-sent = Mae eich geiriau wedi'u cadw gyda'r cynllun nawr. Bydd y bobl sy'n gweithio gyda chi yn eu darllen.
plan-choose = Dewiswch un
plan-words-missing = Dywedwch pam, yn eich geiriau eich hun

## Slower, or another way

own-way-heading = Beth rydym yn cymryd mwy o amser drosto
own-way-until = Dywedon ni ie i hyn tan { $day }. Yna byddwn yn edrych arno eto.

## How it is between us

check-in-title = Sut mae pethau rhyngom?
check-in-heading = Sut mae pethau gyda { $name }?
check-in-lead = Mae pob un ohonoch yn dweud sut mae pethau. Bydd { $name } yn ei ddarllen ar ôl i'r ddau ohonoch ei ddweud. Ni fydd neb arall yn ei ddarllen. Nid oes rhaid i chi wneud hyn.
check-in-link = Dweud sut mae pethau gyda { $name }
check-in-committed = Ydyn ni'n dal ati pan mae'n anodd?
check-in-sincere = Ydyn ni'n onest â'n gilydd?
check-in-listening = Ydyn ni'n clywed ein gilydd?
check-in-yes = Ydyn
check-in-mostly = Y rhan fwyaf o'r amser
check-in-sometimes = Weithiau
check-in-no = Ddim nawr
check-in-words = Beth hoffech chi ei ddweud?
check-in-show-heading = Pwy all ei ddarllen nawr?
check-in-show = Gall { $name } ei ddarllen nawr
check-in-sent = Diolch. Rydym wedi cadw'r hyn a ddywedoch.
check-in-you = Beth ddywedoch chi
check-in-they = Beth ddywedodd { $name }
check-in-waits = Nid yw { $name } wedi dweud eto.
check-in-hidden = Mae { $name } wedi dweud sut mae pethau. Gallwch ei ddarllen ar ôl i chi ei ddweud hefyd.
check-in-good = Gwneud iawn
check-in-wrong = Beth aeth o'i le
check-in-sorry = Dweud sori
check-in-agreed = Beth fyddwn ni'n ei wneud
check-in-done = Cafodd ei wneud ar { $day }.
check-in-missing = Ysgrifennwch ef mewn ychydig eiriau

## Not right

not-right-title = Ddim yn iawn
not-right-heading = Onid yw'n iawn?
not-right-plan = Nid yw'r cynllun hwn yn iawn
not-right-handover = Nid yw'r newid gweithiwr hwn yn iawn
not-right-lead = Gallwch ddweud hynny unrhyw bryd. Bydd rhywun yn ei ddarllen ac yn eich ateb. Mae'n iawn ei ddweud.
not-right-words = Beth sydd ddim yn iawn?
not-right-missing = Ysgrifennwch beth sydd ddim yn iawn
not-right-back = Mynd yn ôl
not-right-said = Dywedoch chi hyn ar { $day }
not-right-answer = Darllen ein hateb
not-right-changed-plan = Fe wnaethom newid y cynllun.
not-right-changed-back = Cafodd y newid gweithiwr ei ganslo.
not-right-changed-otherwise = Bydd y newid yn cael ei wneud mewn ffordd newydd.
not-right-changed-together = Byddwn yn edrych arno gyda chi.
not-right-changed-nothing = Ni newidiwyd dim. Gallwch ofyn pam.

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
people-write = Ysgrifennu at { $name } yma
people-change-heading = Pwy sy'n mynd a phwy sy'n dod
people-change-of = Pwy sy'n helpu { $child }
people-change-from-to = Bydd { $from } yn gorffen. Bydd { $to } yno wedyn.
people-change-to = Bydd { $to } yno i chi.
people-change-until = Tan hynny mae { $from } yno o hyd.
people-change-last = Diwrnod olaf { $from } yw { $day }.
people-change-meet = Byddwch yn cwrdd â { $to } ar { $day }.
people-change-bye = Byddwch yn ffarwelio â { $from } ar { $day }.
people-change-ask = Gallwch ddweud beth yw eich barn. Gallwch ofyn unrhyw beth.

## Workers over time

workers-link = Pwy oedd yno i chi o'r blaen
workers-title = Eich gweithwyr
workers-heading = Pwy oedd yno i chi
workers-lead = { $n ->
   *[other] Rydych wedi cael { $n } gweithiwr mewn { $length }.
    [two] Rydych wedi cael { $n } weithiwr mewn { $length }.
}
workers-longest = { $name } oedd gyda chi hiraf: { $length }.
workers-again = { $n ->
   *[other] Bu'n rhaid i chi adrodd eich stori eto { $n } gwaith.
    [two] Bu'n rhaid i chi adrodd eich stori eto { $n } waith.
}
workers-key = Amser gydag un ohonynt yw pob bloc. Mae marc pan newidiodd y gweithiwr. Mae'n llawn os gwnaethoch gwrdd â'r un newydd pan oedd yr hen un yno o hyd.
workers-nobody = Neb
workers-since = Ers { $from }
workers-from-to = O { $from } i { $to }
workers-met = Gwnaethoch gwrdd â { $name } pan oedd { $before } yno o hyd.
workers-none = Nid ydych wedi cael gweithiwr eto.
workers-now = Pwy sy'n gweithio gyda chi nawr
workers-wrong = Nid fel hyn oedd hi? Dywedwch wrthym.

## Staying in touch

touch-title = Cadw mewn cysylltiad
touch-heading = Cadw mewn cysylltiad
touch-lead = Pwy wyt ti eisiau eu gweld neu eu ffonio? Ti sy'n dweud. Gelli di ei newid pryd bynnag y mynni.
touch-none = Dwyt ti ddim wedi dweud wrthon ni pwy eto. Ychwanega rywun rwyt ti'n eu caru neu'n gweld eu heisiau.
touch-add = Ychwanegu rhywun
touch-saved = Mae gyda ni. Gelli di ei newid pryd bynnag y mynni.
touch-you-want = Beth rwyt ti eisiau:
touch-want-none = Dydyn ni ddim wedi gofyn i ti eto. Mae'n ddrwg gyda ni. Gelli di ei ddweud nawr.
touch-said = Dywedaist ti hyn ar { $day }.
touch-said-alone = Dim ond { $name } sy'n gallu ei ddarllen.
touch-agreed = Beth sydd wedi'i gytuno
touch-agreed-none = Does dim wedi'i gytuno eto.
touch-someone-there = Bydd rhywun yno gyda ti.
touch-until = Mae hyn yn para tan { $day }.
touch-next = Beth sy'n dod nesaf
touch-last = Y tro diwethaf: { $day }.
touch-last-not = Wnaeth e ddim digwydd ar { $day }. Gelli di ofyn i ni pam.
touch-search-offered = Gallwn ni chwilio am { $name }. Wyt ti eisiau i ni wneud?
touch-search-seen = Mae rhywun wrthi. Byddan nhw'n eistedd gyda ti ac yn dweud sut mae'n mynd.
touch-search-open = Mae'r ddau ohonoch chi eisiau bod mewn cysylltiad.
touch-search-stopped = Dywedaist ti wrthon ni am stopio. Gelli di ddweud wrthon ni am ddechrau eto.
touch-mentor-chosen = Rwyt ti eisiau i { $name } aros yn dy fywyd. Byddwn ni'n gofyn.
touch-mentor-asked = Rydyn ni wedi gofyn i { $name } aros yn dy fywyd. Rydyn ni'n aros i glywed.
touch-mentor-agreed = Dywedodd { $name } ie, a bydd yn aros yn dy fywyd. Dyw hynny ddim yn stopio pan fyddi di'n 18 oed.
touch-mentor-not-now = Dyw { $name } ddim yn gallu ar hyn o bryd.
touch-mentor-no = Dywedodd { $name } na. Siarada gyda ni. Efallai bod rhywun arall.
touch-change = Dweud beth rwyt ti eisiau gyda { $name }
touch-with-you-heading = Beth sydd wedi'i gytuno gyda ti
touch-with-you = Ti a { $name }
touch-with-mentor = Rwyt ti'n aros ym mywyd { $name }. Diolch.
touch-with-mentor-asked = Mae { $name } yn gobeithio y byddi di'n cadw mewn cysylltiad. Bydd rhywun yn siarad â ti am hyn.
touch-back = Yn ôl at bawb
touch-how-visit = Gweld ein gilydd
touch-how-call = Ffonio
touch-how-message = Anfon negeseuon
touch-how-letter = Anfon llythyrau a chardiau
touch-often-week = bob wythnos
touch-often-two-weeks = bob pythefnos
touch-often-month = bob mis
touch-often-few-months = bob tri mis
touch-often-year = unwaith y flwyddyn
touch-often-asked = pan fydda i'n dweud
touch-often-any = Does dim ots gen i
touch-wants-yes = Ydw
touch-wants-not-now = Ddim nawr
touch-wants-never = Byth
touch-wants-unsure = Dydw i ddim yn gwybod eto
touch-one-wants = Wyt ti eisiau bod mewn cysylltiad â { $name }?
touch-one-how = Sut?
touch-one-how-missing = Dewisa un, neu dweda yn dy eiriau dy hun
touch-one-often = Pa mor aml?
touch-one-words = Dy eiriau di
touch-one-button = Cadw beth rwyf i eisiau
touch-one-missing = Dewisa un
touch-too-long = Mae hynny'n rhy hir. Dweda mewn llai o eiriau.
touch-look-heading = Wyt ti wedi colli { $name }?
touch-look-lead = Gallwn ni geisio dod o hyd iddyn nhw. Dim ond os wyt ti eisiau y byddwn ni'n dechrau. Gelli di ddweud wrthon ni am stopio.
touch-look-button = Chwiliwch, plîs
touch-look-stop = Peidiwch â chwilio mwy, plîs
touch-mentor-heading = A ddylai { $name } aros yn dy fywyd?
touch-mentor-lead = Gelli di ddewis rhywun i aros gyda ti pan fyddi di'n oedolyn. Byddwn ni'n gofyn iddyn nhw drosot ti. Gallan nhw ddweud ie neu na.
touch-mentor-button = Gofyn i { $name } aros
touch-mentor-end = Dydw i ddim eisiau hyn nawr
touch-add-heading = Pwy yw e?
touch-add-called = Beth rwyt ti'n eu galw nhw?
touch-add-hint = Mae enw cyntaf yn iawn. Mae anifail anwes neu le yn iawn hefyd.
touch-add-kind = Pwy ydyn nhw i ti?
touch-add-why = Pam rwyt ti'n gweld eu heisiau? Does dim rhaid i ti ddweud.
touch-add-button = Eu hychwanegu
touch-add-missing = Ysgrifenna enw yn gyntaf
touch-kind-sibling = Fy mrawd neu fy chwaer
touch-kind-parent = Mam, Dad neu lys-riant
touch-kind-relative = Rhywun arall yn fy nheulu
touch-kind-friend = Fy ffrind
touch-kind-carer = Roeddwn i'n byw gyda nhw
touch-kind-worker = Roedden nhw'n gweithio gyda fi
touch-kind-pet = Anifail anwes
touch-kind-place = Lle
touch-kind-other = Rhywun arall

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
write-files-again = Dewiswch y rhain eto: { $names }
kept-title = Ysgrifennu
kept-heading = Mae eich geiriau yma
kept-lead = Roeddech wedi'ch allgofnodi pan anfonoch hwn. Fe'i cadwom i chi. Darllenwch ef a'i anfon eto.
kept-none = Nid oes dim yn aros yma.
kept-files = Gydag ef mae: { $names }
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
reason-proxy = yn gweithredu ar eich rhan
reason-advocate = yn siarad drosoch
reason-partner = yn gweithio gyda'ch teulu
reason-carer = yn gofalu amdanoch
reason-program = (cyfrifiadur y cyngor ei hun)
reason-unknown = (wedi edrych ar adeg pan na nodwyd pam)

## Rights

rights-title = Fy hawliau
rights-heading = Eich hawliau
rights-advocate-heading = Rhywun ar eich ochr chi
rights-advocate = Gallwch gael eiriolwr. Person sydd ar eich ochr chi yn unig yw hwnnw. Nid yw'n gweithio i ni. Mae'n eich helpu i ddweud beth rydych ei eisiau. Chi sy'n ei ddewis.
rights-advocate-ask = Gofyn am eiriolwr
rights-complain-heading = Dweud ein bod wedi'i gael yn anghywir
rights-complain = Gallwch gwyno. Ni fydd byth yn cyfrif yn eich erbyn. Mae rhywun nad oedd yn rhan ohono'n edrych arno. Mae'n dweud wrthych beth a ganfu o fewn { $length }.
rights-complain-ask = Ysgrifennu cwyn
rights-file-heading = Copi o'r hyn sydd gennym
rights-file = Gallwch ofyn am bopeth sydd wedi'i ysgrifennu amdanoch. Rydym yn ei roi i chi o fewn { $length }. Gall rhywun ei ddarllen gyda chi.
rights-file-ask = Gofyn am gopi
rights-file-sent = Mae gennym eich cais. Nid oes rhaid i chi wneud dim mwy.
rights-file-by = Gofynnoch ar { $asked }. Byddwch yn ei gael erbyn { $due }.
rights-file-late = Gofynnoch ar { $asked }. Dylech fod wedi'i gael ers { $due }. Mae'n ddrwg gennym.
rights-file-asked = Gofynnoch ar { $asked }. Mae angen i ni ofyn rhywbeth i chi'n gyntaf.
rights-file-given = Cawsoch ef ar { $day }.
rights-file-back = Tynnoch y cais yn ôl ar { $day }.
rights-file-refused = Dywedon ni na ar { $day }, a dweud wrthych pam.
ask-advocate-words = Pwy hoffech chi ei gael?
ask-advocate-hint = Gallwch adael hwn yn wag. Nid oes rhaid i chi ddweud pam.
ask-worker-words = Beth nad yw'n gweithio? Beth fyddai'n helpu?
complaint-who = Nid yw'r bobl sy'n gweithio gyda chi yn ei ddarllen.
complaint-words = Beth aeth o'i le?
complaint-hint = Beth fyddai'n ei gywiro? Gallwch ddweud hynny hefyd.
complaint-button = Anfon fy nghwyn
complaint-missing = Ysgrifennwch beth aeth o'i le
complaint-sent = Mae gennym eich cwyn. Cewch glywed beth a ganfuom erbyn { $day }.
complaint-by = Cewch glywed beth a ganfuom erbyn { $day }.
complaint-late = Dylech fod wedi clywed erbyn { $day }. Mae'n ddrwg gennym. Does dim rhaid i chi aros. Gallwch ddweud nad ydych yn fodlon.
complaint-longer = Dywedon ni wrthych ar { $day } y bydd yn cymryd mwy o amser:
complaint-next = Gallwch ddweud nad ydych yn fodlon. Yna bydd dau berson yn edrych arno. Nid yw un ohonyn nhw'n gweithio i ni. Byddwch yn clywed ganddyn nhw o fewn { $length }.
complaint-more-heading = Onid yw'n iawn o hyd?
complaint-not-content-words = Beth sydd ddim yn iawn o hyd?
complaint-not-content = Dydw i ddim yn fodlon
complaint-not-content-on = Doeddech chi ddim yn fodlon ar { $day }
complaint-second-who = Mae dau berson yn edrych arno nawr. Nid yw un ohonyn nhw'n gweithio i ni.
complaint-third-who = Mae tri pherson nad ydyn nhw'n gweithio i ni yn edrych arno nawr. Byddwn yn dweud wrthych pryd maen nhw'n cwrdd.
complaint-panel = Gallwch ofyn i dri pherson arall edrych arno. Nid ydyn nhw'n gweithio i ni. Gofynnwch o fewn { $length }.
complaint-onward = Doedd dim rhaid i chi aros am ein hateb. Aeth yn ei flaen o'r fan hon.
complaint-add = Ydych chi am ychwanegu ato?
complaint-add-words = Eich geiriau
complaint-add-button = Ychwanegu hyn
complaint-added = Ychwanegoch chi hyn ar { $day }:
complaint-added-said = Rydym wedi'i ychwanegu.
complaint-new-heading = Aeth rhywbeth arall o'i le?
complaint-ombudsman-heading = Gofyn i rywun sydd uwch ein pennau
complaint-ombudsman = Dyna'r Ombwdsmon. Nid ydyn nhw'n gweithio i ni. Maen nhw'n edrych ar beth wnaethon ni. Mae am ddim. Ffoniwch 0300 061 0614. Neu ewch i lgo.org.uk. Neu ysgrifennwch at PO Box 4771, Coventry CV4 0EH.
complaint-withdrawn = Tynnoch hi'n ôl ar { $day }.
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

## Mannau pobl eraill

others-title = Mannau eraill
others-heading = Mannau yr ydych yn dod i mewn iddynt
others-none = Nid oes un nawr.
others-part-own = Eich man eich hun.
others-part-proxy = Rydych yn gweithredu ar eu rhan.
others-part-advocate = Chi yw eu heiriolwr.
others-part-partner = Rydych yn gweithio gyda'r teulu.
others-part-carer = Rydych yn gofalu amdanynt.
others-until = Tan { $day }.
others-space-heading = Man { $name }
others-given = Beth gewch chi ei ddarllen
others-given-worker = { $name } a'i rhannodd
others-given-person = { $name } a'i dewisodd
others-nothing = Nid oes dim yn cael ei rannu gyda chi nawr.
others-story = Y stori hyd yma
others-plan = Y cynllun
others-questions = Cwestiynau ac atebion
others-written = Beth sydd wedi ei ysgrifennu
others-write = Ysgrifennu dros { $name }
others-write-lead = Bydd yn dweud mai chi a ysgrifennodd hyn dros { $name }. Gallant hwy ei ddarllen hefyd.

## Pwy arall sy'n dod i mewn

coming-title = Pwy arall sy'n dod i mewn
coming-heading = Pwy arall sy'n dod i mewn
coming-lead = Gall y bobl hyn ddod i mewn i'ch man. Chi sy'n dewis beth maen nhw'n ei weld. Gallwch ei atal unrhyw bryd.
coming-none = Nid oes neb arall yn dod i mewn. Gallwch ofyn am rywun i sefyll gyda chi a siarad drosoch.
coming-proxy = Mae { $name } yn gweithredu ar eich rhan. Ni allant ddarllen yr hyn a ddywedoch ar eich pen eich hun.
coming-advocate = Mae { $name } yn siarad drosoch. Maent yn gweld yr hyn a ddewiswch, a dim mwy.
coming-partner = Mae { $name } yn gweithio gyda'ch teulu.
coming-carer = Mae { $name } yn gofalu amdanoch.
coming-sees = Gall { $name } ddarllen:
coming-sees-none = Ni all { $name } ddarllen dim eto.
coming-choose = Dewis beth maen nhw'n ei weld
coming-end = Stopio rhannu hyn
coming-shut = Atal { $name } rhag dod i mewn
coming-shut-lead = Mae { $name } allan ar unwaith. Bydd eich gweithiwr yn gwybod. Gallwch ofyn iddynt ddod yn ôl.
coming-shut-button = Stopio nawr
coming-choose-heading = Beth all { $name } ei weld?
coming-choose-lead = Ticiwch yr hyn yr ydych am i { $name } ei ddarllen. Tynnwch y tic i'w atal.
coming-parts = Hyn i gyd
coming-parts-hint = Nid yw'r hyn a ddywedoch ar eich pen eich hun wrth weithiwr byth yma. Gallwch ei dicio ar wahân.
coming-ones = Neu hyn yn unig
coming-private = Roeddech ar eich pen eich hun gyda'r gweithiwr.
coming-keep = Cadw hyn
coming-back = Mynd yn ôl
given-story = Fy stori
given-plan = Ein cynllun
given-written = Beth sydd wedi ei ysgrifennu pan oeddwn i yno
given-questions = Fy nghwestiynau a'r atebion
given-one = Un peth sydd wedi ei ysgrifennu

## Ddim eto

not-yet-title = Ddim eto
not-yet-heading = Rydym yn agor y dudalen hon gyda chi
not-yet-lead = Byddwch chi a'ch gweithiwr yn edrych arni ochr yn ochr yn gyntaf. Hoffech ei gweld yn fuan? Dywedwch wrth eich gweithiwr.

## Dod i mewn heb gyfrinair

keys-way-in = Defnyddio fy ffôn neu gyfrifiadur
keys-or-password = Neu defnyddiwch enw a chyfrinair
keys-wrong = Ni weithiodd hynny. Rhowch gynnig arall arni, neu defnyddiwch eich cyfrinair.
keys-asks = Mae eich ffôn neu gyfrifiadur yn gofyn i chi nawr.
keys-wait = Arhoswch eiliad.
keys-there = Mae'r ffôn neu'r cyfrifiadur hwn yn eich adnabod eisoes.
keys-not-done = Ni chafodd ei wneud. Rhowch gynnig arall arni.
keys-cannot = Ni all y ffôn neu'r cyfrifiadur hwn ei wneud. Ewch yn ôl a defnyddiwch gyfrinair.
keys-no-scripts = Mae angen sgriptiau ar hyn, ac maent wedi eu diffodd yma. Ewch yn ôl a defnyddiwch gyfrinair.
keys-first-offer = Y ffordd hawdd: gadewch i'r ffôn neu'r cyfrifiadur hwn eich adnabod. Defnyddiwch eich bys, eich wyneb neu ei god. Does dim i'w gofio. Peidiwch â gwneud hyn ar un y mae eraill yn ei ddefnyddio.
keys-first-heading = Gadewch i hwn eich adnabod
keys-first-lead = Y tro nesaf byddwch yn dod i mewn gyda'ch bys, eich wyneb neu god y ffôn neu'r cyfrifiadur hwn.
keys-first-button = Defnyddio'r ffôn neu'r cyfrifiadur hwn
keys-title = Ffyrdd i ddod i mewn
keys-heading = Ffyrdd i ddod i mewn
keys-lead = Mae'r ffonau a'r cyfrifiaduron hyn yn eich gadael i mewn. Ddim yn adnabod un ohonynt? Tynnwch ef, a dywedwch wrth eich gweithiwr.
keys-since = Ers { $day }.
keys-unnamed = Ffôn neu gyfrifiadur
keys-add = Ychwanegu'r ffôn neu'r cyfrifiadur hwn
keys-name = Beth yw ei enw?
keys-remove = Ei dynnu
keys-back = Mynd yn ôl
keys-not-here = Ni allwch wneud hyn yma. Defnyddiwch eich cyfrinair.
keys-password-wrong = Nid dyna eich cyfrinair.
keys-password-wait = Gormod o gynigion. Arhoswch funud, yna rhowch gynnig arall arni.
keys-come-in-again = Allgofnodwch a dewch i mewn eto yn gyntaf. Yna gwyddom mai chi sydd yno.
keys-last = Dyma eich unig ffordd i mewn. Ychwanegwch un arall yn gyntaf.
