//! The way out for e-mail: one letter is handed to the council's own mail server, over TLS, and what the server answered
//! comes back. What is written, to whom, and when it is tried again is not decided here.

use lettre::address::Envelope;
use lettre::message::header::{ContentType, HeaderName, HeaderValue};
use lettre::message::{Mailbox, Message};
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::{Certificate, CertificateStore, Tls, TlsParameters};
use lettre::transport::smtp::extension::ClientId;
use lettre::{AsyncSmtpTransport, AsyncTransport, Tokio1Executor};
use std::error::Error;
use std::fmt;
use std::time::{Duration, SystemTime};

/// How long a server is waited for, in each of its answers.
const PATIENCE: Duration = Duration::from_secs(30);
/// The most letters of a server's answer that are kept.
const ANSWER: usize = 300;

/// How the way to the server is locked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Security {
    /// A plain beginning that must become TLS before anything is said (submission, port 587).
    StartTls,
    /// TLS from the first byte (port 465).
    Tls,
    /// Not at all: for a server on this machine alone.
    Loopback,
}

/// A password, which no log and no debugger shows.
#[derive(Clone, PartialEq, Eq)]
pub struct Password(pub String);

impl fmt::Debug for Password {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Password(not shown)")
    }
}

/// The council's mail server, and as whom letters are handed to it.
#[derive(Clone, Debug)]
pub struct Server {
    /// Its name, which its certificate must carry.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// How the way to it is locked.
    pub security: Security,
    /// The name and password it asks for, where it asks.
    pub user: Option<(String, Password)>,
    /// The address that letters come from.
    pub from: String,
    /// The certificate, as PEM, of a private authority that vouches for it; the public ones otherwise.
    pub authority: Option<Vec<u8>>,
}

/// One letter on its way.
#[derive(Clone, Copy, Debug)]
pub struct Letter<'a> {
    /// The same each time this letter is tried, so that a mailbox can tell that it has it already.
    pub id: &'a str,
    /// The address it goes to.
    pub to: &'a str,
    /// What stands above it.
    pub subject: &'a str,
    /// What it says.
    pub words: &'a str,
    /// When it is sent.
    pub at: SystemTime,
}

/// What became of one try. The words are the server's own; they may hold the address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The server took it.
    Taken,
    /// The server will not take it, however often it is tried.
    Refused(String),
    /// Not now: the server is away, busy, or does not let us in.
    NotNow(String),
}

/// Why a server cannot be used as it was set up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wrong(pub String);

impl fmt::Display for Wrong {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Error for Wrong {}

type Way = AsyncSmtpTransport<Tokio1Executor>;

impl Server {
    /// Whether what was set up can be used, before the first letter needs it.
    ///
    /// # Errors
    /// [`Wrong`] says what is not right.
    pub fn check(&self) -> Result<(), Wrong> {
        self.sender()?;
        self.way().map(|_| ())
    }

    fn sender(&self) -> Result<Mailbox, Wrong> {
        self.from
            .parse()
            .map_err(|_| Wrong("the address that e-mail comes from is not an address".to_owned()))
    }

    fn tls(&self) -> Result<TlsParameters, Wrong> {
        let mut tls = TlsParameters::builder(self.host.clone());
        if let Some(pem) = &self.authority {
            let certificate = Certificate::from_pem(pem).ok().filter(|_| is_pem(pem)).ok_or_else(|| {
                Wrong("the mail server's certificate authority is not a PEM certificate".to_owned())
            })?;
            tls = tls.certificate_store(CertificateStore::None).add_root_certificate(certificate);
        }
        tls.build_rustls().map_err(|error| Wrong(format!("TLS to the mail server cannot be set up: {error}")))
    }

    fn way(&self) -> Result<Way, Wrong> {
        let tls = match self.security {
            Security::StartTls => Tls::Required(self.tls()?),
            Security::Tls => Tls::Wrapper(self.tls()?),
            Security::Loopback => Tls::None,
        };
        // the machine's own name is nobody's business
        let mut way = Way::builder_dangerous(&self.host)
            .port(self.port)
            .tls(tls)
            .hello_name(ClientId::Domain("alongside.invalid".to_owned()))
            .timeout(Some(PATIENCE));
        if let Some((name, password)) = &self.user {
            way = way.credentials(Credentials::new(name.clone(), password.0.clone()));
        }
        Ok(way.build())
    }

    /// Hands one letter over.
    ///
    /// # Errors
    /// [`Wrong`] where the server cannot be used as it was set up. What the server says is an [`Outcome`].
    pub async fn send(&self, letter: &Letter<'_>) -> Result<Outcome, Wrong> {
        let from = self.sender()?;
        let Ok(to) = letter.to.parse::<Mailbox>() else {
            return Ok(Outcome::Refused("This is not an e-mail address".to_owned()));
        };
        let envelope = Envelope::new(Some(from.email.clone()), vec![to.email.clone()])
            .map_err(|_| Wrong("a letter without anybody to go to".to_owned()))?;
        let domain = from.email.domain().to_owned();
        let message = Message::builder()
            .from(from)
            .to(to)
            .subject(letter.subject)
            .date(letter.at)
            .message_id(Some(format!("<{}@{domain}>", letter.id)))
            .header(ContentType::TEXT_PLAIN)
            // no machine should answer it: "out of office" of one person is read by another
            .raw_header(HeaderValue::new(
                HeaderName::new_from_ascii_str("Auto-Submitted"),
                "auto-generated".to_owned(),
            ))
            .body(letter.words.to_owned())
            .map_err(|_| Wrong("the letter could not be put together".to_owned()))?;
        match self.way()?.send_raw(&envelope, &message.formatted()).await {
            Ok(_) => Ok(Outcome::Taken),
            Err(error) => Ok(outcome(&error)),
        }
    }
}

/// A file without a certificate reads as none, and then nobody would vouch for the server.
fn is_pem(pem: &[u8]) -> bool {
    String::from_utf8_lossy(pem).contains("-----BEGIN CERTIFICATE-----")
}

/// Replies that are about ourselves and how we are let in, not about the letter.
const OURS: [u16; 7] = [500, 502, 503, 530, 534, 535, 538];

fn outcome(error: &lettre::transport::smtp::Error) -> Outcome {
    let code = error.status().map(u16::from);
    let said = error.source().map(ToString::to_string);
    let words: String = match (code, said) {
        (Some(code), Some(said)) => format!("{code} {said}"),
        (Some(code), None) => code.to_string(),
        (None, _) => error.to_string(),
    };
    let words: String =
        words.chars().map(|one| if one.is_control() { ' ' } else { one }).take(ANSWER).collect();
    match code {
        Some(code) if code >= 500 && !OURS.contains(&code) => Outcome::Refused(words),
        _ => Outcome::NotNow(words),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn server() -> Server {
        let user = Some(("alongside".to_owned(), Password("hunter2".to_owned())));
        let (host, from) = ("mail.example".to_owned(), "no-reply@council.example".to_owned());
        Server { host, port: 587, security: Security::StartTls, user, from, authority: None }
    }

    #[test]
    fn a_password_is_not_shown() {
        assert!(!format!("{:?}", server()).contains("hunter2"));
    }

    #[test]
    fn what_is_set_up_wrongly_is_said_before_the_first_letter() {
        assert_eq!(server().check(), Ok(()));
        let nobody = Server { from: "nobody".to_owned(), ..server() };
        assert!(nobody.check().unwrap_err().to_string().contains("comes from"));
        let paper = Server { authority: Some(b"paper".to_vec()), ..server() };
        assert!(paper.check().unwrap_err().to_string().contains("PEM"));
    }
}
