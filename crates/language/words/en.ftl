# The words of the pages of children, adults and families. English says which messages there are.

language-name = English
language-direction = ltr
# "yes" once somebody who speaks the language has read all of it and is named in docs/languages.md
language-checked = yes
language-note = These words wait for somebody who speaks this language to check them.

## The frame of every page

frame-skip = Skip to the main part
frame-demonstration = This is a try-out. Everyone here is made up.
frame-be-someone-else = Be someone else
frame-help-now = Get help now
frame-leave = Leave this page fast
frame-main = Main
frame-footer = More
frame-sign-out = Sign out
frame-error = Error
frame-error-heading = Something is missing
frame-run-by = Run by { $council }.
frame-languages = Language
frame-home = Home
frame-read = Read
frame-story = My story
frame-plan = Our plan
frame-people = People
frame-touch = In touch
frame-write = Write
frame-answers = Answers
frame-rights = My rights
frame-readers = Who has read about me
frame-spaces = Other spaces
frame-coming = Who else comes in
frame-print = Print this page
frame-back-home = Back to the start

## Lengths of time

length-days = { $n ->
    [one] { $n } day
   *[other] { $n } days
}
length-weeks = { $n ->
    [one] { $n } week
   *[other] { $n } weeks
}
length-months = { $n ->
    [one] { $n } month
   *[other] { $n } months
}
length-years = { $n ->
    [one] { $n } year
   *[other] { $n } years
}
length-working-days = { $n ->
    [one] { $n } working day
   *[other] { $n } working days
}
length-hours = { $n ->
    [one] { $n } hour
   *[other] { $n } hours
}
ago-today = today
ago = { $length } ago
month-1 = January
month-2 = February
month-3 = March
month-4 = April
month-5 = May
month-6 = June
month-7 = July
month-8 = August
month-9 = September
month-10 = October
month-11 = November
month-12 = December
day-of-month = { $day } { $month }
day-of-year = { $day } { $month } { $year }
day-of-week = { $weekday } { $day }
weekday-1 = Monday
weekday-2 = Tuesday
weekday-3 = Wednesday
weekday-4 = Thursday
weekday-5 = Friday
weekday-6 = Saturday
weekday-7 = Sunday
time-am = { $time } am
time-pm = { $time } pm

## Letters and e-mails

letter-subject = A page for you
letter-hello = Hello.
letter-lead = Somebody you have met made a page for you. You can open it here:
letter-code = The page asks for a code. You will hear the code when you meet, or on the phone. We never write it down for you.
letter-until = This link works until { $day }.
letter-not-you = Do you not know what this is? Then you can throw it away. It opens nothing without the code.

## Coming in for the first time

come-in-title = Come in
come-in-gone-heading = This link does not work now
come-in-gone = It was used, or it is too old, or it was taken back. Ask the person who gave it to you for a new one.
come-in-gone-sign-in = If you have been here before, you can sign in.
come-in-heading = Hello. This page is for one person.
come-in-lead = You were told a code. Only you and the person who told you know it.
come-in-not-you = If nobody told you a code, please close this page and do not type anything.
come-in-code = Your code
come-in-code-hint = Six letters and numbers. Big or small letters are the same.
come-in-next = Next
come-in-code-wrong = { $left ->
    [one] That is not the code. You can try 1 more time.
   *[other] That is not the code. You can try { $left } more times.
}
come-in-keys-heading = Choose how you come in
come-in-keys-lead = You need three things next time: a name, a password, and a code from a phone.
come-in-name = A name to come in with
come-in-name-hint = Make one up. It does not have to be your real name. Use letters and numbers.
come-in-name-taken = Someone uses this name. Try another one.
come-in-name-wrong = Use 3 to 40 letters and numbers, with no gaps.
come-in-password = A password
come-in-password-hint = At least 12 letters. Three or four odd words are best.
come-in-password-again = The same password again
come-in-password-differs = These two are not the same. Type both again.
come-in-password-short = Use at least 12 letters. Three or four odd words are best.
come-in-password-easy = Someone could guess this. Use three or four odd words.
come-in-phone-heading = Join a phone
come-in-phone = Open an app for codes on a phone. Many phones have one. Scan this square with it.
come-in-phone-cannot = I cannot scan it
come-in-phone-type = Type this into the app:
come-in-phone-code = The six numbers it shows now
come-in-phone-wrong = These are not the numbers it shows now. Wait for the next ones.
come-in-already-heading = You come in here already
come-in-already = Sign in the way you always do. Then open this link again and type the code.
come-in-done = Come in

## Signing in

sign-in-title = Sign in
sign-in-heading = Come in
sign-in-name = Your name here
sign-in-password = Your password
sign-in-code = The six numbers on your phone
sign-in-code-hint = Or one of the codes you wrote down.
sign-in-button = Come in
sign-in-wrong = The name, the password or the numbers are not right. Try again.
sign-in-old = This page was open for a long time. Please try again.
sign-in-out = You are signed out.
sign-in-cannot = I cannot get in
sign-in-cannot-words = Ask the person who works with you for a new link. They will tell you a new code too.
sign-in-staff = I work for the council

## The start

home-title = Home
home-hello = Hi { $name }
home-lead = This is your page. You can read it. You can add to it. You can say when it is wrong.
home-new-heading = New for you
home-answered = { $name } wrote back to you
home-read-answer = Read it
home-written = { $name } wrote about { $day }
home-next-heading = What happens next
home-next-none = Nothing is planned that we can show you here. You can ask.
home-promise-us = { $name } said they would: { $what }
home-promise-you = You said you would: { $what }
home-promise-by = by { $day }
home-promise-late = It should be done by now. You can ask why it is not.
home-people-heading = Your people
home-people-all = See them all
home-write-heading = Say something
home-write-lead = Ask us. Tell us. Send us a photo.
home-write-button = Write to us
home-read-heading = What is written about you
home-read-all = Read it all
home-read-none = Nothing is here to read yet. When someone writes about a day with you, you can read it here.
home-safe-heading = Not safe right now?
home-safe-999 = Ring 999.
home-safe-999-quiet = If you can not speak, ring 999 and then press 55.
home-safe-childline = You can talk to Childline any time. It is free. Ring 0800 1111.
home-safe-history = Leaving this page fast does not hide that you were here. Your phone still knows.

## What happens next

next-lead = You can come. You can ask. You can say no.
next-due-heading = No day is set yet
next-due-lead = Each day here is the last one. It can be sooner.
next-when-at = { $day } at { $time }
next-line = { $when }: { $what }
next-with = { $what }, with { $names }
next-kind-visit = A visit
next-kind-meeting = A meeting
next-kind-review = A meeting about the plan
next-kind-court = Court
next-kind-appointment = Someone to see
next-about = It is about { $child }.
next-way-face = You meet face to face.
next-way-phone = It is on the phone.
next-way-online = It is on a screen.
next-place = Where: { $place }
next-place-ask = Ask us where it is.
next-who = Who will be there
next-who-you = You.
next-why = Why
next-can = What you can do
next-can-come = You can come.
next-can-send = You can send your words. Then you do not have to come.
next-can-bring = You can bring someone with you.
next-can-not = You can stay at home. That is fine.
next-moved = It was { $day }. Now it is a new day.
next-moved-time = It is still that day. The time is new.
next-off = This will not happen
next-off-line = { $when }: this will not happen
next-said-yes = You said that you want to come.
next-said-no = You said that you do not want to come.
next-say-link = Say if you want to come, or ask
next-say-what = What do you want to tell us?
next-say-yes = I want to come
next-say-no = I do not want to come
next-say-ask = I want to ask something
next-say-words = Your words
next-say-hint = You can leave this empty if you do not ask.
next-say-button = Send it
next-say-missing = Pick one
next-say-about = About { $day }
next-calendar = Put it on my phone
next-calendar-name = Something is on
next-touch-visit = You and { $name } see each other
next-touch-call = You and { $name } talk on the phone
next-touch-message = You and { $name } write to each other
next-touch-letter = You and { $name } send letters
next-touch-more = More about you and { $name }
next-more = Who comes, and what you can ask for
next-someone = Someone
next-visit = { $name } comes to see you by { $day }
next-visit-of = { $name } comes to see { $child } by { $day }
next-visit-why = It is to see how things are. You can ask to talk alone. You can say where you want to meet.
next-review = There is a meeting about your plan by { $day }
next-review-of = There is a meeting about the plan for { $child } by { $day }
next-review-why = It looks at what was done and what was not. You can come. You can bring someone. You can send your words. You can ask who will be there.
next-leads = { $name } leads it.
next-group = The people who help you meet by { $day }
next-group-of = The people who help { $child } meet by { $day }
next-group-why = Each of them says what they have done. You can ask to be there. You can ask what they said.
next-ask = Ask about it

## Reading

read-title = Read
read-heading = What is written about you
read-lead = These are days when you were there, or words for you. If you do not agree, say so. We keep what you say next to it.
read-only-words = We show your words only. The rest of that day is someone else's.
read-agreed = What we said we would do
read-written = { $name } wrote this on { $day }.
read-written-you = You wrote this on { $day }.
read-disagree = I don't agree
read-open = Read it all
read-one-title = One day
read-older = Show older days
read-voice-said = said
read-voice-wrote = wrote
read-voice-drew = drew
read-voice-thought = thought
read-voice-translated = said, in other words
read-disagrees = does not agree
read-answered = wrote back
sort-visit = A visit
sort-call = A phone call
sort-message = A message
sort-meeting = A meeting
sort-observation = Something we saw
sort-letter = A letter
sort-note = A note
sort-step = A step
sort-with = { $sort } with { $name }

## My story

story-title = My story
story-heading = Your story so far
story-lead = You told us this. You should not have to tell it again. Is it not right any more? Say so.
story-part-who-i-am = Who I am
story-part-what-has-happened = What has happened
story-part-who-matters = Who matters to me
story-part-what-helps = What helps
story-part-harder = What makes it harder
story-part-what-i-want = What I want
story-nothing = Nothing is here yet.
story-you-told = You told us this { $ago }.
story-other-told = { $name } told us this { $ago }.
story-put-together = { $name } put this together { $ago }. It comes from what is written.
story-from = It comes from:
story-say = Add to it, or say it is not right
story-who-read = Who has read your story
story-read-by = { $name } read it on { $day }.
story-read-by-new = { $name } read it on { $day }. You told us more since then.
story-not-read = { $name } has not read it yet.
story-nobody-read = No one has read it yet.
story-again = { $n ->
    [one] You had to tell us one thing again. We are sorry.
   *[other] You had to tell us { $n } things again. We are sorry.
}
story-of-others = What you told us about { $name }
story-say-title = My story
story-say-lead = We do not change your story without you. Someone who works with you will read this and put it right with you.
story-say-words = What is not right? What do you want to add?

## Our plan

plan-title = Our plan
plan-heading = Our plan
plan-lead = It is made with you. You can say if it is wrong. We will change it with you.
plan-of = The plan for { $name }
plan-none = There is no plan here yet.
plan-goal-own = What you want
plan-goal-other = What others want for you
plan-strength = What is good
plan-worry = What we worry about
plan-support = What we will do
plan-change = What has to change
plan-goals = What we want
plan-your-number = You said { $value } out of 10 on { $day }.
plan-other-number = { $name } said { $value } out of 10 on { $day }.
plan-promises = What was promised
plan-whole = Read all of it
plan-whole-note = You can read what the others wrote in it too. Some of it is hard to read.
plan-child = Read just my own page
plan-agree-heading = Do you agree with it?
plan-you-said = You said this on { $day }:
plan-changed = { $n ->
    [one] One line is new since then.
   *[other] { $n } lines are new since then.
}
plan-agreed = I agree
plan-partly = I agree with some of it
plan-not-agreed = I do not agree
plan-words = Why? What should change?
plan-words-hint = Say it in your own words.
plan-send = Send
plan-sent = Your words are kept with the plan now. The people who work with you will read them.
plan-choose = Choose one
plan-words-missing = Say why, in your own words

## Slower, or another way

own-way-heading = What we take more time for
own-way-until = We said yes to this until { $day }. Then we look at it again.

## How it is between us

check-in-title = How is it with us?
check-in-heading = How is it with { $name }?
check-in-lead = You each say how it is for you. { $name } will read it once you have both said it. No one else will read it. You do not have to do this.
check-in-link = Say how it is with { $name }
check-in-committed = Do we keep at it when it is hard?
check-in-sincere = Are we honest with each other?
check-in-listening = Do we hear each other?
check-in-yes = Yes
check-in-mostly = Most of the time
check-in-sometimes = Some of the time
check-in-no = Not now
check-in-words = What would you like to say?
check-in-show-heading = Who can read it now?
check-in-show = { $name } can read it now
check-in-sent = Thank you. We kept what you said.
check-in-you = What you said
check-in-they = What { $name } said
check-in-waits = { $name } has not said it yet.
check-in-hidden = { $name } has said how it is. You can read it once you have said it too.
check-in-good = Put it right
check-in-wrong = What went wrong
check-in-sorry = Saying sorry
check-in-agreed = What we will do
check-in-done = It was done on { $day }.
check-in-missing = Write it in a few words

## Not right

not-right-title = Not right
not-right-heading = Is it not right?
not-right-plan = This plan is not right
not-right-handover = This change of worker is not right
not-right-lead = You can say so at any time. A person will read it and write back to you. It is fine to say it.
not-right-words = What is not right?
not-right-missing = Write what is not right
not-right-back = Go back
not-right-said = You said this on { $day }
not-right-answer = Read what we wrote back
not-right-changed-plan = We changed the plan.
not-right-changed-back = The change of worker was called off.
not-right-changed-otherwise = The change will be done in a new way.
not-right-changed-together = We will look at it with you.
not-right-changed-nothing = Nothing was changed. You can ask us why.

## Not agreeing

disagree-title = I don't agree
disagree-heading = What is wrong? What is right?
disagree-lead = We keep your words next to ours for ever. No one can change them or take them out.
disagree-words = Your words
disagree-words-hint = Say it the way you would say it to a friend.
disagree-button = Put my words next to it
disagree-done = Your words stand next to it now. Someone will write back to you by { $day }.
disagree-missing = Write what is wrong, in your own words

## People

people-title = People
people-heading = Who is who
people-lead = These people work with you. You can ring them or write to them.
people-none = No one works with you right now. You can still write. Someone will read it.
people-responsible = Answers for the help you get
people-helping = Helps you
people-reviewing = Checks that your plan is right for you
people-since = With you for { $length }
people-since-new = New to you
people-ring = Ring { $phone }
people-mail = Send an email to { $email }
people-away = Away now. { $name } stands in.
people-write = Write to { $name } here
people-change-heading = Who goes and who comes
people-change-of = Who helps { $child }
people-change-from-to = { $from } is going to stop. { $to } is going to be there.
people-change-to = { $to } is going to be there for you.
people-change-until = Until then { $from } is still there.
people-change-last = The last day of { $from } is { $day }.
people-change-meet = You meet { $to } on { $day }.
people-change-bye = You say goodbye to { $from } on { $day }.
people-change-ask = You can say what you think of it. You can ask anything.

## Workers over time

workers-link = Who was there for you before
workers-title = Your workers
workers-heading = Who was there for you
workers-lead = { $n ->
    [one] You have had { $n } worker in { $length }.
   *[other] You have had { $n } workers in { $length }.
}
workers-longest = { $name } was with you the longest: { $length }.
workers-again = { $n ->
    [one] You had to tell your story again once.
   *[other] You had to tell your story again { $n } times.
}
workers-key = Each block is a time with one of them. A mark is when they changed. It is full if you met the new one with the old one still there.
workers-nobody = No one
workers-since = Since { $from }
workers-from-to = From { $from } to { $to }
workers-met = You met { $name } when { $before } was still there.
workers-none = You have had no worker yet.
workers-now = Who works with you now
workers-wrong = Is this not how it was? Tell us.

## Staying in touch

touch-title = In touch
touch-heading = Staying in touch
touch-lead = Who do you want to see or ring? You say who. You can change it when you like.
touch-none = You have not told us who yet. Add someone you love. Add someone you miss.
touch-add = Add someone
touch-saved = We have it. You can change it when you like.
touch-you-want = What you want:
touch-want-none = We have not asked you yet. We are sorry. You can say it now.
touch-said = You said this on { $day }.
touch-said-alone = Only { $name } can read it.
touch-agreed = What is agreed
touch-agreed-none = Nothing is agreed yet.
touch-someone-there = Someone will be there with you.
touch-until = This goes on until { $day }.
touch-next = What comes next
touch-last = Last time: { $day }.
touch-last-not = It did not happen on { $day }. You can ask us why.
touch-search-offered = We can look for { $name }. Do you want us to?
touch-search-seen = Someone is on it. They will sit down with you and tell you how it goes.
touch-search-open = You both want to be in touch.
touch-search-stopped = You told us to stop. You can tell us to start again.
touch-mentor-chosen = You want { $name } to stay in your life. We will ask.
touch-mentor-asked = We have asked { $name } to stay in your life. We wait to hear.
touch-mentor-agreed = { $name } said yes and will stay in your life. It does not stop when you turn 18.
touch-mentor-not-now = { $name } can not do it right now.
touch-mentor-no = { $name } said no. Talk to us. There may be someone else.
touch-change = Say what you want with { $name }
touch-with-you-heading = What is agreed with you
touch-with-you = You and { $name }
touch-with-mentor = You stay in the life of { $name }. Thank you.
touch-with-mentor-asked = { $name } hopes you will stay in touch. Someone will talk with you about it.
touch-back = Back to everyone
touch-how-visit = See each other
touch-how-call = Ring
touch-how-message = Send messages
touch-how-letter = Send letters and cards
touch-often-week = every week
touch-often-two-weeks = every two weeks
touch-often-month = every month
touch-often-few-months = every three months
touch-often-year = once a year
touch-often-asked = when I say
touch-often-any = I don't mind
touch-wants-yes = Yes
touch-wants-not-now = Not now
touch-wants-never = Never
touch-wants-unsure = I don't know yet
touch-one-wants = Do you want to be in touch with { $name }?
touch-one-how = How?
touch-one-how-missing = Pick one, or say it in your own words
touch-one-often = How often?
touch-one-words = Your words
touch-one-button = Save what I want
touch-one-missing = Pick one
touch-too-long = That is too long. Say it in fewer words.
touch-look-heading = Have you lost { $name }?
touch-look-lead = We can try to find them. We only start if you want us to. You can tell us to stop.
touch-look-button = Please look
touch-look-stop = Please stop looking
touch-mentor-heading = Should { $name } stay in your life?
touch-mentor-lead = You can pick someone to stay with you when you are grown up. We ask them for you. They can say yes or no.
touch-mentor-button = Ask { $name } to stay
touch-mentor-end = I do not want this now
touch-add-heading = Who is it?
touch-add-called = What do you call them?
touch-add-hint = A first name is fine. A pet or a place is fine too.
touch-add-kind = Who are they to you?
touch-add-why = Why do you miss them? You do not have to say.
touch-add-button = Add them
touch-add-missing = Write a name first
touch-kind-sibling = My brother or sister
touch-kind-parent = My mum, dad or step-parent
touch-kind-relative = Someone else in my family
touch-kind-friend = My friend
touch-kind-carer = I lived with them
touch-kind-worker = They worked with me
touch-kind-pet = A pet
touch-kind-place = A place
touch-kind-other = Someone else

## Writing

write-title = Write
write-heading = Say something
write-lead = Spelling does not matter. Swear if you need to.
write-words = Your words
write-photos = A photo or a file
write-photos-hint = Of a drawing, a letter, anything you want us to see.
write-who = Who can read it?
write-who-all = The people who work with me
write-who-one = Just { $name }
write-who-hint = If someone is being hurt, the one who reads it has to tell others. They will tell you first if they can.
write-button = Send
write-missing = Write something first
write-photo-wrong = We could not keep { $name }. Send a photo, a PDF or a text. All the rest is still here.
write-files-again = Choose these again: { $names }
kept-title = Write
kept-heading = Your words are here
kept-lead = You were signed out when you sent this. We kept it for you. Read it and send it again.
kept-none = Nothing waits here.
kept-files = With it goes: { $names }
write-sent = It is sent. Someone will write back to you by { $day }.

## Questions and answers

answers-title = Answers
answers-heading = What you wrote, and what we said
answers-none = You have not written to us yet.
answers-asked = You wrote this on { $day }
answers-waits = We will write back by { $day }.
answers-late = We should have written back by { $day }. We are sorry. You can tell us off.
answers-answered = { $name } wrote back on { $day }

## Who has read

readers-title = Who has read
readers-heading = Who has read about you
readers-lead = Each time someone opens what is written about you, it is noted. It can not be hidden.
readers-none = No one has read about you yet.
readers-times = { $n ->
    [one] once
   *[other] { $n } times
}
readers-row = { $name } { $why }
readers-last = Last on { $day }
readers-refused = { $name } wanted to look and was not let in
readers-not-right = Is one of them not right? Tell us. We have to find out.
reason-council = works for the council
reason-keeps-list = keeps the list of records that only a few may see
reason-responsible = answers for the help you get
reason-helping = works with you
reason-reviewing = checks that your plan is right for you
reason-covering = stood in for your worker
reason-leads = leads the team that works with you
reason-began = wrote down the first things about you
reason-listed = is one of the few who may see your record
reason-glass = does not work with you, and had to say why they looked
reason-household = works with someone who lives with you
reason-responsibility = works with a child you look after
reason-wrote-it = wrote it
reason-was-there = was there
reason-another = works with someone else it is about
reason-post = looks after all the records
reason-leads-breaker = checked that someone else had a good reason to look
reason-proxy = acts for you
reason-advocate = speaks up for you
reason-partner = works with your family
reason-carer = cares for you
reason-program = is the council's own computer
reason-unknown = looked at a time when we did not note why

## Rights

rights-title = My rights
rights-heading = Your rights
rights-advocate-heading = Someone on your side
rights-advocate = You can have an advocate. That is a person who is only on your side. They do not work for us. They help you say what you want. You choose them.
rights-advocate-ask = Ask for an advocate
rights-complain-heading = Say that we got it wrong
rights-complain = You can complain. It will never count against you. Someone who was not part of it looks at it. They tell you what they found within { $length }.
rights-complain-ask = Write a complaint
rights-file-heading = A copy of what we hold
rights-file = You can ask for all that is written about you. We give it to you within { $length }. Someone can read it with you.
rights-file-ask = Ask for a copy
rights-file-sent = We have it. You do not have to do any more.
rights-file-by = You asked on { $asked }. You get it by { $due }.
rights-file-late = You asked on { $asked }. You should have it since { $due }. We are sorry.
rights-file-asked = You asked on { $asked }. We need to ask you something first.
rights-file-given = You got it on { $day }.
rights-file-back = You took it back on { $day }.
rights-file-refused = We said no on { $day }, and told you why.
ask-advocate-words = Who would you like?
ask-advocate-hint = You can leave this empty. You do not have to say why.
ask-worker-words = What does not work? What would help?
complaint-who = The people who work with you do not read it.
complaint-words = What went wrong?
complaint-hint = What would put it right? You can say that too.
complaint-button = Send my complaint
complaint-missing = Write what went wrong
complaint-sent = We have it. You hear what we found by { $day }.
complaint-by = You hear what we found by { $day }.
complaint-late = You should have heard by { $day }. We are sorry. You do not have to wait. You can say that you are not content.
complaint-longer = We told you on { $day } that it takes longer:
complaint-next = You can say that you are not content. Then two people look at it. One of them does not work for us. You hear from them within { $length }.
complaint-more-heading = Is it still not right?
complaint-not-content-words = What is still not right?
complaint-not-content = I am not content
complaint-not-content-on = You were not content on { $day }
complaint-second-who = Two people look at it now. One of them does not work for us.
complaint-third-who = Three people who do not work for us look at it now. We tell you when they meet.
complaint-panel = You can ask three more people to look at it. They do not work for us. Ask within { $length }.
complaint-onward = You did not have to wait for our answer. It went on from here.
complaint-add = Do you want to add to it?
complaint-add-words = Your words
complaint-add-button = Add this
complaint-added = You added this on { $day }:
complaint-added-said = We have added it.
complaint-new-heading = Did something else go wrong?
complaint-ombudsman-heading = Ask someone who is over us
complaint-ombudsman = That is the Ombudsman. They do not work for us. They look at what we did. It is free. Ring 0300 061 0614. Or go to lgo.org.uk. Or write to PO Box 4771, Coventry CV4 0EH.
complaint-withdrawn = You took it back on { $day }.
rights-worker-heading = A different worker
rights-worker = You can say that it does not work with the person you have. We will talk about it with you.
rights-worker-ask = Say so

## Getting help now

help-title = Get help now
help-heading = Get help now

## When something goes wrong

wrong-title = Not found
wrong-heading = There is nothing here
wrong-words = The page may have moved. What you wrote is safe.
wrong-too-old = This page was open for a long time. Go back and try again.

## Spaces of others

others-title = Other spaces
others-heading = Spaces you come in to
others-none = There are none now.
others-part-own = Your own space.
others-part-proxy = You act for them.
others-part-advocate = You are their advocate.
others-part-partner = You work with the family.
others-part-carer = You care for them.
others-until = Until { $day }.
others-space-heading = { $name }'s space
others-given = What you may read
others-given-worker = { $name } shared it
others-given-person = { $name } chose it
others-nothing = Nothing is shared with you now.
others-story = The story so far
others-plan = The plan
others-questions = Questions and answers
others-written = What is written
others-write = Write for { $name }
others-write-lead = It will say that you wrote this for { $name }. They can read it too.

## Who else comes in

coming-title = Who else comes in
coming-heading = Who else comes in
coming-lead = These people can come in to your space. You choose what they see. You can stop it at any time.
coming-none = No one else comes in. You can ask for someone to stand by you and speak up for you.
coming-proxy = { $name } acts for you. They can not read what you said alone.
coming-advocate = { $name } speaks up for you. They see what you choose, and no more.
coming-partner = { $name } works with your family.
coming-carer = { $name } cares for you.
coming-sees = { $name } can read:
coming-sees-none = { $name } can read nothing yet.
coming-choose = Choose what they see
coming-end = Stop sharing this
coming-shut = Stop { $name } from coming in
coming-shut-lead = { $name } is out at once. Your worker will know. You can ask for them to come back.
coming-shut-button = Stop it now
coming-choose-heading = What can { $name } see?
coming-choose-lead = Tick what you want { $name } to read. Take the tick away to stop it.
coming-parts = All of this
coming-parts-hint = What you said alone with a worker is never in here. You can tick it by itself.
coming-ones = Or just this
coming-private = You were alone with the worker.
coming-keep = Keep this
coming-back = Go back
given-story = My story
given-plan = Our plan
given-written = What is written when I was there
given-questions = My questions and the answers
given-one = One thing that is written

## Not yet

not-yet-title = Not yet
not-yet-heading = We open this page with you
not-yet-lead = You and your worker will look at it side by side first. Do you want to see it soon? Tell your worker.

## Coming in without a password

keys-way-in = Use my phone or computer
keys-or-password = Or use a name and a password
keys-wrong = That did not work. Try again, or use your password.
keys-asks = Your phone or computer asks you now.
keys-wait = Wait a moment.
keys-there = This phone or computer knows you already.
keys-not-done = It was not done. Try it again.
keys-cannot = This phone or computer can not do it. Go back and use a password.
keys-no-scripts = This needs scripts, and they are off here. Go back and use a password.
keys-first-offer = The easy way: let this phone or computer know you. You use your finger, your face or its code. There is nothing to keep in mind. Do not do this on one that others use.
keys-first-heading = Let this one know you
keys-first-lead = Next time you come in with your finger, your face or the code of this phone or computer.
keys-first-button = Use this phone or computer
keys-title = Ways to come in
keys-heading = Ways to come in
keys-lead = These phones and computers let you in. Do you not know one of them? Take it away, and tell your worker.
keys-since = Since { $day }.
keys-unnamed = A phone or computer
keys-add = Add this phone or computer
keys-name = What is it called?
keys-remove = Take it away
keys-back = Go back
keys-not-here = You can not do this here. Use your password.
keys-password-wrong = That is not your password.
keys-password-wait = Too many tries. Wait a minute, then try again.
keys-come-in-again = Sign out and come in again first. Then we know it is you.
keys-last = This is your only way in. Add one more first.
