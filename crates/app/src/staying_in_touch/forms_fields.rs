//! The fields of each form about staying in touch, filled with what is kept.

use super::forms::{Desk, What, uuid};
use super::read::{Agreed, Time, Touch};
use jiff::civil::Date;
use page::{Choice, Form, FormErrors, Markup, Post, Typed, button, buttons, html};
use practice::touch::{
    Basis, Came, EndedBy, InTheWay, MentorState, Often, Stage, TouchKind, TouchWay, Wants, may_follow,
};

/// A form with what was typed and what is wrong with it.
pub(super) struct Asks<'a> {
    pub(super) desk: &'a Desk<'a>,
    pub(super) typed: &'a Typed,
    pub(super) errors: &'a FormErrors,
}

macro_rules! choices {
    ($list:ty) => {
        <$list>::ALL.iter().map(|one| Choice::new(one.code(), one.plain())).collect::<Vec<_>>()
    };
}

fn put_ways(typed: &mut Typed, how: &[TouchWay], often: Option<Often>) {
    for way in how {
        typed.put("how", way.code());
    }
    typed.put("often", often.map_or("", Often::code));
}

fn put(typed: &mut Typed, name: &str, words: Option<&str>) {
    typed.put(name, words.unwrap_or_default());
}

fn with(typed: &mut Typed, one: &Touch) {
    typed.put("from", one.id.to_string());
    typed.put("kind", one.kind.code());
    typed.put("called", one.called.as_str());
    let code = one.other.map(|id| format!("p:{id}")).or_else(|| one.worker.map(|id| format!("w:{id}")));
    typed.put("other", code.unwrap_or_default());
    put(typed, "why", one.why.as_deref());
}

fn agreed(typed: &mut Typed, one: &Agreed) {
    put_ways(typed, &one.how, one.often);
    typed.put("basis", one.basis.code());
    typed.put("words", one.words.as_str());
    put(typed, "supervised-why", one.supervised_why.as_deref());
    put(typed, "order-words", one.order_words.as_deref());
    put(typed, "with-them", one.with_them.then_some("yes"));
    typed.put_date("began", one.from);
    if let Some(to) = one.to {
        typed.put_date("to", to);
    }
    put(typed, "ended-why", one.ended_why.as_deref());
}

fn time(typed: &mut Typed, one: &Time) {
    typed.put_date("on", one.on);
    typed.put("how", one.how.code());
    typed.put("came", one.came.code());
    put(typed, "where-when", one.where_when.as_deref());
    put(typed, "child-was", one.child_was.as_deref());
    put(typed, "words", one.words.as_deref());
    put(typed, "in-the-way", one.in_the_way.map(InTheWay::code));
    put(typed, "in-the-way-words", one.in_the_way_words.as_deref());
    put(typed, "with-them", one.with_them.then_some("yes"));
    if let Some(entry) = one.entry {
        typed.put("entry", entry.to_string());
    }
}

impl Desk<'_> {
    /// The form as it opens: with what stands there, where something is changed.
    pub(super) fn filled(&self, asked: &Typed, today: Date) -> Typed {
        let mut typed = asked.clone();
        let from = uuid(asked, "from");
        let Some(one) = &self.touch else { return typed };
        match self.what {
            What::With => with(&mut typed, one),
            What::Wish => {
                if let Some(wish) = one.wish() {
                    typed.put("wants", wish.wants.code());
                    put_ways(&mut typed, &wish.how, wish.often);
                }
                typed.put_date("on", today);
            }
            What::Agreed => match one.agreed.iter().find(|held| Some(held.id) == from) {
                Some(held) => agreed(&mut typed, held),
                None => typed.put_date("began", today),
            },
            What::Time => {
                if let Some(held) = one.times.iter().find(|held| Some(held.id) == from) {
                    time(&mut typed, held);
                }
            }
            What::Look => typed.put_date("on", today),
            What::Mentor => {
                if let Some(mentor) = one.mentor() {
                    typed.put("state", mentor.state.code());
                    put(&mut typed, "does", mentor.does.as_deref());
                    typed.put("often", mentor.often.map_or("", Often::code));
                }
            }
        }
        typed
    }
}

impl<'a> Asks<'a> {
    const fn form(&self) -> Form<'a> {
        Form::new(self.typed, self.errors)
    }

    /// What is said before the fields.
    pub(super) fn before(&self) -> Markup {
        let (child, called) = (self.desk.child(), self.desk.called());
        html! {
            @match self.desk.what {
                What::With => { p.soft { "Ask " (child) " first. It is theirs to say who matters." } }
                What::Wish => { p.soft { "What they said before stays. Write down what they say today." } }
                What::Look => { p.soft { "Ask " (child) " before you look. What you find is told to them face to face, once it is safe and " (called) " wants it too. They can stop it at any time." } }
                What::Mentor => { p.soft { "It is " (child) " who chooses. It does not end with a birthday, or when we stop working together." } }
                What::Agreed | What::Time => {}
            }
        }
    }

    /// The fields.
    pub(super) fn fields(&self) -> Markup {
        match self.desk.what {
            What::With => self.with(),
            What::Wish => self.wish(),
            What::Agreed => self.agreed(),
            What::Time => self.time(),
            What::Look => self.look(),
            What::Mentor => self.mentor(),
        }
    }

    fn ways(&self) -> Markup {
        let form = self.form();
        let mut often = vec![Choice::new("", "Not said")];
        often.extend(choices!(Often));
        html! {
            (form.checks("how", "How?", choices!(TouchWay)))
            (form.select("often", "How often?", often))
        }
    }

    fn with(&self) -> Markup {
        let form = self.form();
        let mut who = vec![Choice::new("", "Nobody whose record we hold")];
        who.extend(self.desk.people.iter().map(|(code, name)| Choice::new(code.as_str(), name.as_str())));
        html! {
            (form.text("called", "What do they call them?").hint("Such as Nan, Bev, Biscuit or the house by the canal"))
            (form.radios("kind", "What are they to them?", choices!(TouchKind)))
            (form.select("other", "Do we know who that is?", who))
            (form.textarea("why", "Why do they matter?").rows(2))
        }
    }

    fn wish(&self) -> Markup {
        let form = self.form();
        html! {
            (form.radios("wants", "Do they want to stay in touch?", choices!(Wants)))
            (self.ways())
            (form.textarea("words", "In their words").rows(3).hint("Word for word, or what they drew or showed"))
            (form.date("on", "Said on"))
            (page::check("alone", "yes", "They told me alone: nobody else reads it", self.typed.has("alone", "yes")))
        }
    }

    fn agreed(&self) -> Markup {
        let form = self.form();
        let called = self.desk.called();
        let label = format!("{called} was asked, agrees, and may read this in their own space");
        html! {
            (self.ways())
            (form.textarea("words", "What is agreed?").rows(3).hint("Where, when, who takes them, who pays. Both of them may read this: nothing private"))
            (form.radios("basis", "On what does it rest?", choices!(Basis)))
            (form.textarea("order-words", "Which court, when, and what the order says").rows(2).hint("Only where a court made one"))
            (form.textarea("supervised-why", "Does somebody have to be there with them? Why?").rows(2).hint("Leave it empty if nobody has to"))
            (page::check("with-them", "yes", &label, self.typed.has("with-them", "yes")))
            (form.date("began", "From"))
            (form.date("to", "Until").hint("Leave it empty while it goes on"))
            (form.text("ended-why", "Why it ends, if it does"))
        }
    }

    fn time(&self) -> Markup {
        let form = self.form();
        let (child, called) = (self.desk.child(), self.desk.called());
        let was = format!("How was {child}?");
        let label = format!("{called} knows of it, and may read day and place in their own space");
        let mut way = vec![Choice::new("", "Nothing")];
        way.extend(choices!(InTheWay));
        let mut entries = vec![Choice::new("", "It is not recorded elsewhere")];
        entries
            .extend(self.desk.entries.iter().map(|(id, words)| Choice::new(id.to_string(), words.as_str())));
        html! {
            (form.date("on", "Which day?"))
            (form.radios("how", "How?", choices!(TouchWay)))
            (form.radios("came", "What became of it?", choices!(Came)))
            (form.text("where-when", "Where and at what time").hint("Both of them may read this"))
            (page::check("with-them", "yes", &label, self.typed.has("with-them", "yes")))
            (form.textarea("child-was", &was).rows(2).hint("Before, during and after. Their words first"))
            (form.textarea("words", "What happened").rows(2).hint("If it is recorded already, choose the entry below and write nothing here"))
            (form.select("entry", "Where is it recorded?", entries))
            (form.select("in-the-way", "What got in the way?", way))
            (form.textarea("in-the-way-words", "In words").rows(2))
            (form.text("promise", "What will you do about it?").hint("It becomes a promise of yours and stands on your Today"))
            (form.date("due", "By when?"))
        }
    }

    fn look(&self) -> Markup {
        let form = self.form();
        let before = self.desk.touch.as_ref().and_then(Touch::stage).map(|step| step.stage);
        let stages: Vec<Choice<'_>> = Stage::ALL
            .iter()
            .filter(|next| may_follow(before, **next))
            .map(|stage| Choice::new(stage.code(), stage.plain()))
            .collect();
        html! {
            @if let Some(before) = before { p { "So far: " b { (before.plain().to_lowercase()) } "." } }
            (form.radios("stage", "How far has it come?", stages))
            (form.date("on", "Since when?"))
            (form.textarea("looked", "Where did you look?").rows(2).hint("Records, letters, people who may know, other councils"))
            (form.textarea("words", "What is there to say?").rows(3).hint("If it is safe or not: how was that weighed, and with whom?"))
        }
    }

    fn mentor(&self) -> Markup {
        let form = self.form();
        if self.desk.touch.as_ref().and_then(Touch::mentor).is_none() {
            return html! {
                input type="hidden" name="do" value="choose";
                (form.textarea("words", "Why them? In their words").rows(3))
            };
        }
        let mut often = vec![Choice::new("", "Not said")];
        often.extend(choices!(Often));
        let states = choices!(MentorState).into_iter().skip(1).collect();
        html! {
            input type="hidden" name="do" value="says";
            (form.radios("state", "What did they say?", states))
            (form.textarea("does", "What do they do together?").rows(2).hint("Both of them may read this"))
            (form.select("often", "How often?", often))
        }
    }

    /// What can be ended, below the form.
    pub(super) fn after(&self) -> Markup {
        let Some(touch) = &self.desk.touch else { return html! {} };
        let form = self.form();
        match self.desk.what {
            What::With => self.ends("put-away", "This was a mistake: put it away", html! {
                p.soft { "Only where it was written down by mistake. That somebody does not want to be in touch is a wish: keep it as one." }
                input type="hidden" name="from" value=(touch.id);
                (form.text("put-away-why", "What was wrong?"))
                (buttons(html! { (button("Put it away").quiet()) }))
            }),
            What::Mentor if touch.mentor().is_some() => self.ends("end", "One of them ends it", html! {
                (form.radios("by", "Who ends it?", choices!(EndedBy)))
                (form.textarea("ended-why", "Why, if they say so").rows(2))
                (buttons(html! { (button("Keep that it ended").quiet()) }))
            }),
            _ => html! {},
        }
    }

    fn ends(&self, does: &str, label: &str, body: Markup) -> Markup {
        let post = Post { action: &self.desk.action(), csrf: &self.desk.signed.csrf, ..Post::default() };
        page::details(
            label,
            page::post(
                &post,
                html! {
                    input type="hidden" name="do" value=(does);
                    input type="hidden" name="touch" value=(self.typed.get("touch"));
                    (body)
                },
            ),
        )
    }
}
