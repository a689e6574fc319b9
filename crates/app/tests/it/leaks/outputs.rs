//! Everything that leaves the program, read by everybody.

use super::addresses::{Things, templates};
use super::answers::Page;
use super::chance::{Chance, words_in};
use super::council::{Council, Someone};
use super::may::Eye;
use super::secret::Secret;
use app::faces::export_entries::{Export, Format, export};
use app::letter;
use axum::http::StatusCode;
use db::args;
use jiff::Timestamp;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Read, Write};
use std::sync::{Arc, Mutex, OnceLock};
use std::time::{Duration, Instant};
use testkit::{Answered, PostOffice, TestApp};

/// What each output must have shown to those who may see it.
const SHOWN: &[(&str, &str)] = &[
    ("/person/{id}", "account"),
    ("/person/{id}", "telephone"),
    ("/person/{id}", "contact"),
    ("/person/{id}/about", "confidential address"),
    ("/person/{id}/change/{what}/{which}", "telephone"),
    ("/person/{id}/change/{what}/{which}", "address"),
    ("/person/{id}/contact", "contact"),
    ("/person/{id}/photo/{photo}", "photo"),
    ("/person/{id}/timeline", "account"),
    ("/person/{id}/timeline", "said"),
    ("/person/{id}/timeline", "disagreed"),
    ("/person/{id}/timeline/pdf", "account"),
    ("/person/{id}/timeline/pdf", "disagreed"),
    ("/person/{id}/family-timeline", "said"),
    ("/person/{id}/family-timeline/pdf", "promised"),
    ("/person/{id}/story", "told"),
    ("/person/{id}/story/pdf", "told"),
    ("/person/{id}/plan", "planned"),
    ("/person/{id}/plan/compare", "planned"),
    ("/person/{id}/plan/pdf", "planned"),
    ("/person/{id}/plan/child/pdf", "planned"),
    ("/person/{id}/network", "name"),
    ("/person/{id}/network", "tie"),
    ("/person/{id}/network/tie/{tie}", "tie"),
    ("/person/{id}/staying-in-touch", "touch"),
    ("/person/{id}/staying-in-touch/{about}", "touch"),
    ("/person/{id}/space", "e-mail"),
    ("/person/{id}/join/{other}", "name"),
    ("/person/{id}/rights/{request}", "account"),
    ("/person/{id}/rights/{request}/item/{item}", "said"),
    ("/person/{id}/rights/{request}/preview", "account"),
    ("/person/{id}/rights/{request}/out", "account"),
    ("/person/{id}/rights/{request}/out", "said"),
    ("/entry/{id}", "said"),
    ("/entry/{id}", "file"),
    ("/entry/{id}/text", "account"),
    ("/entry/{id}/download", "account"),
    ("/entry/{id}/pdf", "disagreed"),
    ("/attachment/{id}", "file"),
    ("/attachment/{id}/small", "file"),
    ("/held-back/{id}", "held back"),
    ("/question/{id}", "said"),
    ("/disagreement/{id}", "disagreed"),
    ("/complaint/{id}", "complaint"),
    ("/space/in/{id}", "given"),
    ("/find", "name"),
    ("/today", "promised"),
    ("/drafts", "draft"),
    ("/api/v1/people/{id}", "telephone"),
    ("/api/v1/people/{id}", "confidential address"),
    ("/api/v1/people/{id}/entries", "account"),
    ("/api/v1/people/{id}/promises", "promised"),
    ("/api/v1/entries/{id}", "said"),
    ("csv", "account"),
    ("plain text", "said"),
    ("/my/answers", "account"),
    ("/my/read", "account"),
    ("/my/read/{thread}", "said"),
    ("/my/read/{thread}", "disagreed"),
    ("/my/read/{thread}", "file"),
    ("/my/file/{id}", "file"),
    ("/my/file/{id}/small", "file"),
    ("/my/story", "told"),
    ("/my/plan", "planned"),
    ("/my/touch", "touch"),
    ("/person/{id}/meetings", "meeting"),
    ("/my/next", "meeting"),
    ("/my/complaint", "complaint"),
    ("/my/coming-in", "given"),
    ("/my/for/{person}", "told"),
    ("/my/for/{person}", "planned"),
    ("/my/for/{person}", "said"),
    ("/my/for/{person}", "given"),
    ("/my/for/{person}/read/{thread}", "account"),
    ("/my/for/{person}/read/{thread}", "said"),
];
/// Forms of which there are many, each with little in it: asked for more seldom.
const SELDOM: &[&str] = &[
    "/person/{id}/change/",
    "/person/{id}/episodes/",
    "/person/{id}/helpers/",
    "/person/{id}/join/",
    "/person/{id}/staying-in-touch/",
    "/person/{id}/steps/",
    "/person/{id}/rights/{request}/item/",
    "/my/for/{person}/write",
];
/// How many requests of one kind are made in a council, at most, so that somebody has opened it.
const TRIES: usize = 400;

/// What was found.
#[derive(Default)]
pub(super) struct Findings {
    asked: usize,
    /// How many e-mails were read.
    mailed: usize,
    opened: BTreeSet<String>,
    shown: BTreeMap<(String, &'static str), usize>,
    leaks: BTreeSet<String>,
    words: BTreeSet<String>,
    /// How long it took to make the councils, to read them by chance, and to ask for what chance left shut.
    pub(super) took: [Duration; 3],
}

impl Findings {
    fn weigh(
        &mut self,
        council: &Council,
        (called, eye): (&str, &Eye),
        (output, at): (&str, &str),
        text: &str,
    ) {
        self.asked += 1;
        let page = Page::of(output, at);
        for word in words_in(text) {
            let Some((family, secret)) = council.words.get(&word) else { continue };
            let of = &council.families[*family];
            let on_page = match (&page, eye) {
                (Some(page), Eye::Worker(staff)) => of.may_on(staff, page, secret, council.now),
                _ => false,
            };
            // what somebody gets of their record is for them, whatever the worker may read who makes it ready
            let given = matches!(page, Some(Page::Given(_)));
            if on_page || !given && of.may(eye, secret, council.now) {
                *self.shown.entry((output.to_owned(), secret.sort())).or_default() += 1;
            } else {
                let deed = match secret {
                    Secret::Account(deed) | Secret::Said(deed, _) | Secret::File(deed) => {
                        format!(", {:?}", of.deeds[*deed])
                    }
                    _ => String::new(),
                };
                self.leaks.insert(format!(
                    "{output}: {called} reads {secret:?} of family {family} ({word}) at {at}{deed}"
                ));
            }
        }
    }

    /// Whether an address has been opened by somebody, and has shown all that it must.
    fn satisfied(&self, template: &str) -> bool {
        let shown = |one: &&(&str, &'static str)| self.shown.contains_key(&(one.0.to_owned(), one.1));
        self.opened.contains(template) && SHOWN.iter().filter(|one| one.0 == template).all(|one| shown(&one))
    }

    /// No word of anybody stands in the log.
    pub(super) fn of_log(&mut self, log: &Log) {
        let said = log.said();
        for word in words_in(&said).into_iter().filter(|word| self.words.contains(word)) {
            self.leaks.insert(format!("the log holds {word}"));
        }
        assert!(said.contains("the log is heard"), "nothing of the log was kept");
    }

    /// Fails where a word stood where it may not, or where too little was shown for that to mean anything.
    /// In few councils chance may leave out an output or two.
    pub(super) fn told(self, councils: usize) {
        let of_output =
            |output: &str| self.shown.iter().filter(|one| one.0.0 == output).map(|one| one.1).sum::<usize>();
        let outputs: BTreeSet<&str> = self.shown.keys().map(|one| one.0.as_str()).collect();
        eprintln!(
            "{} outputs read, {} with words that may be seen there, {} e-mails; made, read, asked again in {:.0?}",
            self.asked,
            outputs.len(),
            self.mailed,
            self.took
        );
        for output in &outputs {
            eprintln!("  {output}: {}", of_output(output));
        }
        let leaks: Vec<&String> = self.leaks.iter().collect();
        assert!(
            leaks.is_empty(),
            "{} leaks:\n{}",
            leaks.len(),
            leaks.iter().take(40).map(|one| one.as_str()).collect::<Vec<_>>().join("\n")
        );
        let empty: Vec<_> =
            SHOWN.iter().filter(|one| !self.shown.contains_key(&(one.0.to_owned(), one.1))).collect();
        let shut: Vec<String> = templates().into_iter().filter(|one| !self.opened.contains(one)).collect();
        let (left_shut, left_out) = if councils < 5 { (3, 6) } else { (0, 0) };
        assert!(shut.len() <= left_shut, "nobody could open these, so nothing of them was read: {shut:?}");
        assert!(empty.len() <= left_out, "nobody saw what they may see: {empty:?}");
        assert!(self.mailed > 0, "no e-mail was read");
    }
}

/// What the program logs meanwhile.
#[derive(Clone, Default)]
pub(super) struct Log(Arc<Mutex<Vec<u8>>>);

impl Write for Log {
    fn write(&mut self, some: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().write(some)
    }
    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl Log {
    /// Keeps everything that is logged from now on, in more detail than a council's own log has. Where several tests share
    /// a process they share the log too.
    pub(super) fn kept() -> Self {
        static LOG: OnceLock<Log> = OnceLock::new();
        let log = LOG.get_or_init(|| {
            let log = Self::default();
            let held = log.clone();
            let filter = tracing_subscriber::EnvFilter::new("info,app=trace,db=trace,files=trace,mail=trace");
            tracing_subscriber::fmt().with_env_filter(filter).with_writer(move || held.clone()).init();
            log
        });
        tracing::info!("the log is heard");
        log.clone()
    }

    fn said(&self) -> String {
        String::from_utf8_lossy(&self.0.lock().unwrap()).into_owned()
    }
}

/// Everybody reads everything that may concern them, and some of what does not.
pub(super) async fn read(
    t: &TestApp,
    office: &PostOffice,
    council: &mut Council,
    chance: &mut Chance,
    findings: &mut Findings,
) {
    let began = Instant::now();
    findings.words.extend(council.words.keys().cloned());
    letters(t, office, council, findings).await;
    let templates = templates();
    let things = Things::of(t, council, &templates).await;
    let mut everyone = std::mem::take(&mut council.everyone);
    for someone in &mut everyone {
        for template in &templates {
            let own = template.starts_with("/my");
            if own == matches!(someone.eye, Eye::Worker(_)) && !chance.in_ten(1) {
                continue;
            }
            for path in paths(&things, council, someone, template, chance) {
                ask(council, someone, (template, &path), findings).await;
            }
        }
        files(t, council, someone, findings).await;
    }
    findings.took[1] += began.elapsed();
    let began = Instant::now();
    surely(&things, council, &mut everyone, findings).await;
    findings.took[2] += began.elapsed();
    council.everyone = everyone;
}

/// What chance left shut is asked for by one after another, until somebody may open it and sees what is to be seen there.
async fn surely(things: &Things, council: &Council, everyone: &mut [Someone], findings: &mut Findings) {
    for template in templates() {
        let own = template.starts_with("/my");
        let mut tried = 0;
        // those who were let in from outside stand last
        let readers = everyone.iter_mut().rev().filter(|one| own == matches!(one.eye, Eye::Person(_)));
        'asking: for someone in readers {
            let families = match someone.family {
                _ if things.of_no_family(&template) => 0..1,
                Some(one) => one..one + 1,
                None => 0..council.families.len(),
            };
            for family in families {
                for path in things.paths(&template, family) {
                    if tried == TRIES || findings.satisfied(&template) {
                        break 'asking;
                    }
                    tried += 1;
                    ask(council, someone, (&template, &path), findings).await;
                }
            }
        }
    }
}

/// What is sent to people of the record, before it goes and as the mail server has it: anybody may open it.
async fn letters(t: &TestApp, office: &PostOffice, council: &Council, findings: &mut Findings) {
    let sql = "SELECT COALESCE(subject, ''), COALESCE(words, '') FROM letter ORDER BY id";
    let waiting: Vec<(String, String)> = t.app.db.read().await.unwrap().all(sql, args![]).await.unwrap();
    let anybody = ("Whoever opens the post", &Eye::Nobody);
    for (subject, words) in &waiting {
        findings.weigh(
            council,
            anybody,
            ("a letter that waits", "the outbox"),
            &format!("{subject}\n{words}"),
        );
    }
    let before = office.arrived().len();
    while letter::carry(&t.app).await.unwrap().sent > 0 {}
    for arrived in office.arrived().iter().skip(before) {
        // a line that is too long for a mail is broken with a sign
        let whole = arrived.text.replace("=\r\n", "").replace("=\n", "");
        assert!(whole.contains("/my/come-in/"), "an e-mail that cannot be read: {whole}");
        // to whom it goes stands on it
        let said: Vec<&str> = whole.lines().filter(|line| !line.starts_with("To: ")).collect();
        findings.weigh(council, anybody, ("an e-mail", "the mail server"), &said.join("\n"));
        findings.mailed += 1;
    }
}

/// The addresses of one kind that somebody asks for: those of their own family more often than those of others.
fn paths(
    things: &Things,
    council: &Council,
    someone: &Someone,
    template: &str,
    chance: &mut Chance,
) -> Vec<String> {
    if template == "/find" || template == "/api/v1/people" {
        // not the whole of a name, so that what was asked for is not taken for an answer
        let names: Vec<&String> =
            council.words.iter().filter(|one| one.1.1.sort() == "name").map(|one| one.0).collect();
        let some: Vec<&String> = (0..3).map(|_| names[chance.below(names.len())]).collect();
        let asked = some.into_iter().map(|name| format!("{template}?q={}+Sample", &name[..9]));
        // without words it names those whom the reader works with
        return asked.chain((template == "/find").then(|| template.to_owned())).collect();
    }
    if !template.contains('{') {
        let first = ["/today", "/my", "/my/read", "/team"].contains(&template);
        if !first && !chance.in_ten(1) {
            return vec![];
        }
        return things.paths(template, 0);
    }
    let mut found = vec![];
    let another = chance.below(council.families.len());
    for family in [someone.family.unwrap_or(another), another] {
        // of what is theirs more often than of what is not
        let rarely = if someone.family == Some(family) || someone.family.is_none() { 14 } else { 60 };
        let rarely = if SELDOM.iter().any(|one| template.starts_with(one)) { 4 * rarely } else { rarely };
        found.extend(things.paths(template, family).into_iter().filter(|_| chance.below(rarely) == 0));
    }
    found
}

async fn ask(
    council: &Council,
    someone: &mut Someone,
    (template, path): (&str, &str),
    findings: &mut Findings,
) {
    let mut answer = match (&mut someone.program, path.strip_prefix("/api/v1")) {
        (Some(program), Some(path)) => program.get(path).await,
        _ => someone.browser.get(path).await,
    };
    // the recording screen gives itself a draft before it shows anything
    while let Some(to) = answer.location.clone().filter(|to| to.starts_with("/record?")) {
        answer = someone.browser.get(&to).await;
    }
    assert!(!answer.status.is_server_error(), "{path}: {}", answer.status);
    let to = answer.location.as_deref().unwrap_or_default();
    let led_on = answer.status.is_redirection() && !to.contains("sign-in");
    if answer.status == StatusCode::OK || led_on {
        findings.opened.insert(template.to_owned());
    }
    let text = said(council, path, &answer);
    findings.weigh(council, (&someone.called, &someone.eye), (template, path), &text);
}

/// All that an answer says: its name where it is a file, what is inside it, and of a picture the word that stands for it.
fn said(council: &Council, path: &str, answer: &Answered) -> String {
    let mut text = answer.text.clone();
    for (_, value) in &answer.headers {
        text.push('\n');
        text.push_str(&String::from_utf8_lossy(value.as_bytes()));
    }
    if answer.status == StatusCode::OK {
        let marks = path.split('/').filter_map(|part| council.marks.get(part));
        for mark in marks {
            text.push('\n');
            text.push_str(mark);
        }
    }
    if answer.bytes.starts_with(b"PK") {
        let mut zip = zip::ZipArchive::new(Cursor::new(&answer.bytes)).expect("a ZIP");
        for at in 0..zip.len() {
            let (mut file, mut bytes) = (zip.by_index(at).expect("a file of it"), vec![]);
            text.push_str(&file.name().expect("its name"));
            file.read_to_end(&mut bytes).expect("its bytes");
            text.push_str(&String::from_utf8_lossy(&bytes));
        }
    }
    text
}

/// What a worker takes along as files.
async fn files(t: &TestApp, council: &Council, someone: &Someone, findings: &mut Findings) {
    let Some(worker) = &someone.worker else { return };
    for (output, format) in [("csv", Format::Csv), ("plain text", Format::Text)] {
        let mut out: Vec<u8> = vec![];
        let what = Export { since: Timestamp::UNIX_EPOCH, format, own: false };
        if export(&t.app, &worker.who, what, &mut out).await.is_ok() {
            let text = String::from_utf8_lossy(&out);
            findings.weigh(council, (&someone.called, &someone.eye), (output, output), &text);
        }
    }
}
