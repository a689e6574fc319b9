//! What invented people say, and what invented workers write. `{child}`, `{adult}` and `{worker}` stand for names.

pub(crate) const TALK: &[&str] = &[
    "One question at a time",
    "Do something with your hands while we talk",
    "Walk with me, don't sit opposite",
    "Text before you ring",
    "Tell me before you tell Mum",
    "I like drawing while I think",
    "Give me time to answer",
    "Not in front of my class",
];
pub(crate) const MATTERS: &[&str] = &[
    "My nan, football and my dog",
    "Drawing, and being asked first",
    "My little brother. Nobody else makes him laugh",
    "Being outside",
    "Gaming with my cousin on Fridays",
    "My room stays mine",
    "Swimming and Sunday dinners",
    "Knowing what happens next",
];
pub(crate) const SEEN: &[&str] = &[
    "{child} let me in and showed me the garden. The house was warm and there was food in. {adult} talked about mornings, which are easier since the breakfast club. We sat on the floor and played cards while we talked.",
    "I came after tea, as {child} asked. {adult} was cooking. {child} showed me a school book with a sticker in it. There had been an argument on Sunday; {adult} told me before I asked.",
    "{child} wanted to walk, so we walked to the park and back. We talked about sleep, and about the noise at night. {adult} has moved the television.",
    "A short visit. {child} was tired after school and said so. I saw the bedroom: new curtains, and the bed is fixed. {adult} asked about the letter from housing; I said I would ring them.",
    "{adult} had written a list for me, which helped. We went through it together, and {child} added to it. Most of it was about money until the end of the month.",
    "We made toast. {child} talked about a friend who has moved away. {adult} said last week was hard and that Nan had come over twice.",
];
pub(crate) const NOT_SEEN: &[&str] = &[
    "Nobody answered. I waited, put a card through the door and sent {adult} a message. A neighbour said they had gone to the shops.",
    "{adult} met me at the door and said {child} was at a friend's. I did not go in. We agreed another day.",
];
pub(crate) const WHY_NOT: &[&str] =
    &["Nobody was in", "At a friend's house", "Asleep, not woken", "Did not want to come down today"];
pub(crate) const CHILD_SAYS: &[&str] = &[
    "Mum does the toast now.",
    "I don't like it when they shout. I go in my room.",
    "I got moved up a group for maths!",
    "Can you come after tea, not at school?",
    "I still listen for her in the night but not every night.",
    "Nan's is the best place.",
    "I don't want to talk about that today.",
    "When is the meeting? Do I have to go?",
    "He says sorry now.",
    "I want my own phone so I can ring Dad.",
];
pub(crate) const ADULT_SAYS: &[&str] = &[
    "I did seven days. Nobody's going to clap but I did.",
    "You said you'd ring housing and you did. Thank you.",
    "Nobody asked us before they decided that.",
    "I know it isn't right yet. I'm trying to get them to school on time.",
    "I don't agree with what was written last time, he wasn't late.",
    "It helps when it's the same person.",
    "My sister can have them on Saturdays.",
];
pub(crate) const WORKER_THINKS: &[&str] = &[
    "I am hopeful about the mornings and not yet about the weekends.",
    "I may be wrong about how tired {adult} is. I will ask.",
    "{child} was easier with me today than last time.",
    "The plan asks a lot of one person. I will bring that to the meeting.",
];
pub(crate) const WORKER_PROMISES: &[&str] = &[
    "Ring housing about the window",
    "Ask the school about the breakfast club",
    "Send {adult} the dates in writing",
    "Find out about the swimming group",
    "Bring the book about the rescue dogs",
    "Ask when the next appointment can be",
];
pub(crate) const FAMILY_PROMISES: &[&str] = &[
    "Set two alarms on school days",
    "Ring the health visitor",
    "Take the form back to school",
    "Have Nan over on Tuesdays",
];
pub(crate) const CALLS: &[&str] = &[
    "School rang: three good weeks, and a question about lunch money.",
    "{adult} rang to say the appointment has moved to next week.",
    "Rang {adult} as promised. Housing will come on Thursday between ten and twelve.",
    "The health visitor rang. Weight is steady, jabs are booked.",
    "{adult} rang, upset about the letter. We read it together on the phone.",
];
pub(crate) const NOTES: &[&str] = &[
    "Talked with my manager about pace. We agreed to slow down and to ask the family what should come first.",
    "Read the whole story so far before the next visit.",
    "Spoke to the family support worker about Saturdays.",
];
