//! A mail server on loopback for tests: it speaks STARTTLS with a certificate made on the spot, asks for a name and a
//! password, keeps what it takes, and says no, not now or nothing at all where a test wants it to.

use mail::{Password, Security, Server};
use std::sync::{Arc, Mutex};
use tokio::io::{AsyncBufReadExt, AsyncRead, AsyncWrite, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};

/// How the server answers to a recipient.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mood {
    /// It takes the letter.
    #[default]
    Takes,
    /// It says that there is nobody of that name, for ever.
    Refuses,
    /// It says: not now.
    Busy,
}

/// A letter as it arrived, under which name somebody had signed in, and whether the line was locked.
#[derive(Clone, Debug)]
pub struct Arrived {
    /// The whole of it, as sent.
    pub text: String,
    /// Whether it came over TLS.
    pub locked: bool,
    /// Whether the right name and password were given.
    pub let_in: bool,
}

/// The password it asks for.
pub const PASSWORD: &str = "PASSWORD-CANARY-4711";
/// `\0alongside\0PASSWORD-CANARY-4711` as SMTP's PLAIN says it.
const PLAIN: &str = "AGFsb25nc2lkZQBQQVNTV09SRC1DQU5BUlktNDcxMQ==";

#[derive(Default)]
struct Held {
    mood: Mood,
    arrived: Vec<Arrived>,
}

/// The server, while it is open.
pub struct PostOffice {
    /// How the program is set up to reach it.
    pub server: Server,
    acceptor: TlsAcceptor,
    held: Arc<Mutex<Held>>,
    open: Option<JoinHandle<()>>,
}

impl PostOffice {
    /// Opens one on a free port.
    pub async fn open() -> Self {
        let made = rcgen::generate_simple_self_signed(vec!["localhost".to_owned()]).expect("a certificate");
        let key = PrivateKeyDer::from(PrivatePkcs8KeyDer::from(made.signing_key.serialize_der()));
        let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()
            .expect("versions of TLS")
            .with_no_client_auth()
            .with_single_cert(vec![made.cert.der().clone()], key)
            .expect("a certificate");
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let server = Server {
            host: "localhost".to_owned(),
            port: listener.local_addr().expect("a port").port(),
            security: Security::StartTls,
            user: Some(("alongside".to_owned(), Password(PASSWORD.to_owned()))),
            from: "no-reply@council.example".to_owned(),
            authority: Some(made.cert.pem().into_bytes()),
        };
        let mut office =
            Self { server, acceptor: TlsAcceptor::from(Arc::new(config)), held: Arc::default(), open: None };
        office.serve(listener);
        office
    }

    fn serve(&mut self, listener: TcpListener) {
        let (held, acceptor) = (Arc::clone(&self.held), self.acceptor.clone());
        self.open = Some(tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                // a test that hangs up in the middle has its reasons
                drop(talk(stream, &acceptor, &held).await);
            }
        }));
    }

    /// Shuts it: whoever comes finds nobody.
    pub async fn shut(&mut self) {
        if let Some(open) = self.open.take() {
            open.abort();
            drop(open.await);
        }
    }

    /// Opens it again at the same place.
    pub async fn open_again(&mut self) {
        let listener = TcpListener::bind(("127.0.0.1", self.server.port)).await.expect("the same port");
        self.serve(listener);
    }

    /// How it answers from now on.
    pub fn be(&self, mood: Mood) {
        self.held.lock().expect("held").mood = mood;
    }

    /// What arrived so far.
    pub fn arrived(&self) -> Vec<Arrived> {
        self.held.lock().expect("held").arrived.clone()
    }
}

impl Drop for PostOffice {
    fn drop(&mut self) {
        if let Some(open) = self.open.take() {
            open.abort();
        }
    }
}

type Talked = std::io::Result<()>;

async fn talk(stream: TcpStream, acceptor: &TlsAcceptor, held: &Mutex<Held>) -> Talked {
    let mut plain = BufReader::new(stream);
    say(&mut plain, "220 localhost here").await?;
    loop {
        let line = heard(&mut plain).await?;
        match line.split(' ').next().unwrap_or_default() {
            "EHLO" => say(&mut plain, "250-localhost\r\n250 STARTTLS").await?,
            "STARTTLS" => {
                say(&mut plain, "220 go on").await?;
                break;
            }
            // nothing is taken in the clear
            _ => say(&mut plain, "530 5.7.0 say STARTTLS first").await?,
        }
    }
    let mut locked = BufReader::new(acceptor.accept(plain.into_inner()).await?);
    letters(&mut locked, held).await
}

async fn letters<S: AsyncRead + AsyncWrite + Unpin>(line: &mut BufReader<S>, held: &Mutex<Held>) -> Talked {
    let mut let_in = false;
    loop {
        let asked = heard(line).await?;
        match asked.split([' ', ':']).next().unwrap_or_default() {
            "EHLO" => say(line, "250-localhost\r\n250 AUTH PLAIN").await?,
            "AUTH" => {
                let_in = asked == format!("AUTH PLAIN {PLAIN}");
                say(line, if let_in { "235 2.7.0 welcome" } else { "535 5.7.8 not you" }).await?;
            }
            "RCPT" => {
                let mood = held.lock().expect("held").mood;
                let address = asked.split(['<', '>']).nth(1).unwrap_or_default().to_owned();
                let answer = match mood {
                    Mood::Takes => "250 2.1.5 ok".to_owned(),
                    Mood::Refuses => format!("550 5.1.1 {address}: there is nobody of that name"),
                    Mood::Busy => "451 4.3.0 too much to do, come back later".to_owned(),
                };
                say(line, &answer).await?;
            }
            "DATA" => {
                say(line, "354 go on").await?;
                let mut text = String::new();
                loop {
                    let more = heard(line).await?;
                    if more == "." {
                        break;
                    }
                    text.push_str(&more);
                    text.push('\n');
                }
                held.lock().expect("held").arrived.push(Arrived { text, locked: true, let_in });
                say(line, "250 2.0.0 taken").await?;
            }
            "QUIT" => return say(line, "221 2.0.0 goodbye").await,
            _ => say(line, "250 2.0.0 ok").await?,
        }
    }
}

async fn say<S: AsyncWrite + Unpin>(line: &mut S, words: &str) -> Talked {
    line.write_all(format!("{words}\r\n").as_bytes()).await?;
    line.flush().await
}

async fn heard<S: AsyncRead + Unpin>(line: &mut BufReader<S>) -> std::io::Result<String> {
    let mut words = String::new();
    if line.read_line(&mut words).await? == 0 {
        return Err(std::io::ErrorKind::UnexpectedEof.into());
    }
    Ok(words.trim_end().to_owned())
}
