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
frame-people = People
frame-write = Write
frame-answers = Answers
frame-rights = My rights
frame-readers = Who has read about me
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

## Coming in for the first time

come-in-title = Come in
come-in-gone-heading = This link does not work now
come-in-gone = It was used, or it is too old, or it was taken back. Ask the person who gave it to you for a new one.
come-in-gone-sign-in = If you have been here before, you can sign in.
come-in-heading = Hello. This page is for { $name }.
come-in-lead = You were told a code. Only you and the person who told you know it.
come-in-not-you = If this is not you, please close this page and do not type anything.
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
people-mail = Write to { $email }
people-away = Away now. { $name } stands in.
people-write = Write to { $name }

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
reason-program = is the council's own computer
reason-unknown = looked at a time when we did not note why

## Rights

rights-title = My rights
rights-heading = Your rights
rights-advocate-heading = Someone on your side
rights-advocate = You can have an advocate. That is a person who is only on your side. They do not work for us. They help you say what you want. You choose them.
rights-advocate-ask = Ask for an advocate
rights-complain-heading = Say that we got it wrong
rights-complain = You can complain. It will never count against you. Someone who was not part of it looks at it, and tells you what they found within 10 working days.
rights-complain-ask = Write a complaint
rights-file-heading = A copy of what we hold
rights-file = You can ask for all that is written about you. We give it to you within one month. Someone can read it with you.
rights-file-ask = Ask for a copy
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
