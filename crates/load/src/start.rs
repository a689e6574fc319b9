//! How long a second start takes until the first page is there.

use crate::engine::{Place, program};
use crate::figure;
use crate::http::Server;
use anyhow::Result;
use std::io::{Read, Write};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// Seconds until the first page.
const SECONDS: f64 = 2.0;

/// The demonstration council is made once; then it is started again.
pub(crate) fn measure() -> Result<bool> {
    let folder = tempfile::tempdir()?;
    let place = Place { data: folder.path().to_owned(), url: String::new() };
    let runtime = tokio::runtime::Handle::current();
    let first =
        tokio::task::block_in_place(|| runtime.block_on(Server::start_as(&["demo"], None, &place, None)));
    // the first start makes the council, which takes longer than a minute where the machine is busy
    drop(first?);
    let port = crate::http::free_port()?;
    let began = Instant::now();
    let mut child = Command::new(program()?)
        .arg("demo")
        .env("ALONGSIDE_DATA", &place.data)
        .env("ALONGSIDE_LISTEN", format!("127.0.0.1:{port}"))
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()?;
    let page = first_page(port);
    let took = began.elapsed().as_secs_f64();
    drop(child.kill());
    drop(child.wait());
    page?;
    Ok(figure("a second start until the first page, on the wall", took, (SECONDS, "s")))
}

fn first_page(port: u16) -> Result<()> {
    let began = Instant::now();
    loop {
        if let Ok(mut stream) = std::net::TcpStream::connect(("127.0.0.1", port)) {
            stream.write_all(b"GET /sign-in HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n")?;
            let mut text = String::new();
            stream.read_to_string(&mut text)?;
            anyhow::ensure!(
                text.starts_with("HTTP/1.1 200"),
                "the first page says {}",
                text.lines().next().unwrap_or_default()
            );
            return Ok(());
        }
        if began.elapsed() > Duration::from_mins(1) {
            anyhow::bail!("there was no first page within a minute");
        }
        std::thread::sleep(Duration::from_millis(5));
    }
}
