//! A client that sends one request after another, and the program that answers it.

use crate::cpu::Watched;
use crate::engine::{Engine, Place, program};
use anyhow::{Context, Result, bail};
use axum::body::Body;
use axum::http::{HeaderMap, Request, StatusCode, header};
use http_body_util::BodyExt;
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use std::net::TcpListener;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

pub(crate) fn free_port() -> Result<u16> {
    Ok(TcpListener::bind("127.0.0.1:0")?.local_addr()?.port())
}

/// The program, serving a council.
pub(crate) struct Server {
    child: Child,
    /// Where it answers.
    pub(crate) url: String,
    database: Option<u32>,
}

impl Server {
    pub(crate) async fn start(engine: &Engine, place: &Place) -> Result<Self> {
        Self::start_as(&["serve"], Some(&place.url), place, engine.process()?).await
    }

    pub(crate) async fn start_as(
        words: &[&str],
        database: Option<&str>,
        place: &Place,
        process: Option<u32>,
    ) -> Result<Self> {
        let port = free_port()?;
        let url = format!("http://localhost:{port}");
        let mut command = Command::new(program()?);
        command
            .args(words)
            .env("ALONGSIDE_DATA", &place.data)
            .env("ALONGSIDE_LISTEN", format!("127.0.0.1:{port}"))
            .env("ALONGSIDE_PUBLIC_URL", &url)
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        if let Some(database) = database {
            command.env("ALONGSIDE_DATABASE_URL", database);
        }
        let server = Self { child: command.spawn()?, url, database: process };
        let began = Instant::now();
        while tokio::net::TcpStream::connect(("127.0.0.1", port)).await.is_err() {
            if began.elapsed() > Duration::from_mins(1) {
                bail!("the program did not answer within a minute");
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        Ok(server)
    }

    pub(crate) fn watched(&self) -> Watched {
        Watched { program: self.child.id(), database: self.database }
    }

    /// Waits until the program and the database have done what they do after a start, so that it is not taken for
    /// the work of a page: the day's clocks, the seal of a journal just filled, the database's own cleaning.
    pub(crate) async fn settle(&self) -> Result<()> {
        let watched = self.watched();
        let began = Instant::now();
        // threads for blocking work end ten seconds after their last, and what they spent is then no longer counted
        let mut quiet = 0;
        while quiet < 12 {
            if began.elapsed() > Duration::from_mins(5) {
                bail!("the program was not quiet within five minutes");
            }
            let before = watched.spent()?;
            tokio::time::sleep(Duration::from_secs(1)).await;
            quiet = if watched.spent()? - before < 30.0 { quiet + 1 } else { 0 };
        }
        Ok(())
    }

    /// Kills it as a power cut would.
    pub(crate) fn kill(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.kill();
    }
}

/// Someone who is signed in.
pub(crate) struct Visitor {
    client: Client<HttpConnector, Body>,
    url: String,
    cookie: String,
    /// The form token of the last page.
    pub(crate) csrf: String,
}

/// What came back.
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) bytes: Vec<u8>,
}

impl Answer {
    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.bytes).into_owned()
    }

    pub(crate) fn location(&self) -> Option<&str> {
        self.headers.get(header::LOCATION).and_then(|value| value.to_str().ok())
    }
}

impl Visitor {
    pub(crate) fn new(server: &Server, token: &str) -> Self {
        Self {
            client: Client::builder(TokioExecutor::new()).build_http(),
            url: server.url.clone(),
            cookie: format!("{}={token}", app::who::COOKIE),
            csrf: String::new(),
        }
    }

    pub(crate) async fn get(&mut self, path: &str) -> Result<Answer> {
        self.ask(Request::get(self.at(path)), Body::empty()).await
    }

    /// As a browser asks: with the forms of packing that it knows.
    pub(crate) async fn get_packed(&mut self, path: &str) -> Result<Answer> {
        let request = Request::get(self.at(path)).header(header::ACCEPT_ENCODING, "gzip, deflate, br");
        self.ask(request, Body::empty()).await
    }

    pub(crate) async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Result<Answer> {
        let mut all = vec![("csrf", self.csrf.as_str())];
        all.extend_from_slice(fields);
        let body = serde_urlencoded::to_string(&all)?;
        let kind = "application/x-www-form-urlencoded";
        self.ask(Request::post(self.at(path)).header(header::CONTENT_TYPE, kind), Body::from(body)).await
    }

    /// Sends a form with one file.
    pub(crate) async fn post_file(
        &mut self,
        path: &str,
        fields: &[(&str, &str)],
        (name, content): (&str, &[u8]),
    ) -> Result<Answer> {
        const EDGE: &str = "----------alongside";
        let mut body = vec![];
        let mut all = vec![("csrf", self.csrf.as_str())];
        all.extend_from_slice(fields);
        for (field, value) in all {
            let part =
                format!("--{EDGE}\r\ncontent-disposition: form-data; name=\"{field}\"\r\n\r\n{value}\r\n");
            body.extend_from_slice(part.as_bytes());
        }
        let head = format!(
            "--{EDGE}\r\ncontent-disposition: form-data; name=\"files\"; filename=\"{name}\"\r\ncontent-type: image/png\r\n\r\n"
        );
        body.extend_from_slice(head.as_bytes());
        body.extend_from_slice(content);
        body.extend_from_slice(format!("\r\n--{EDGE}--\r\n").as_bytes());
        let kind = format!("multipart/form-data; boundary={EDGE}");
        self.ask(Request::post(self.at(path)).header(header::CONTENT_TYPE, kind), Body::from(body)).await
    }

    fn at(&self, path: &str) -> String {
        format!("{}{path}", self.url)
    }

    async fn ask(&mut self, request: axum::http::request::Builder, body: Body) -> Result<Answer> {
        let request = request.header(header::COOKIE, &self.cookie).body(body)?;
        let response = self.client.request(request).await.context("the program did not answer")?;
        let (parts, body) = response.into_parts();
        let bytes = body.collect().await.context("the answer broke off")?.to_bytes().to_vec();
        let answer = Answer { status: parts.status, headers: parts.headers, bytes };
        if let Some((_, rest)) = answer.text().split_once("name=\"csrf\" value=\"") {
            rest.split('"').next().unwrap_or_default().clone_into(&mut self.csrf);
        }
        Ok(answer)
    }
}
