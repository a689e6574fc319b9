//! A browser without a window: it keeps its cookies and sends the form token of the page it is on.

use crate::TestApp;
use app::routes::routes;
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use http_body_util::BodyExt;
use std::collections::BTreeMap;
use tower::ServiceExt;

/// A browser at one council.
pub struct Browser {
    router: axum::Router,
    cookies: BTreeMap<String, String>,
    csrf: String,
}

/// What came back.
#[derive(Debug)]
pub struct Answered {
    /// The status.
    pub status: StatusCode,
    /// Where it sends on to.
    pub location: Option<String>,
    /// The body as text.
    pub text: String,
    /// The body.
    pub bytes: Vec<u8>,
    /// The headers.
    pub headers: axum::http::HeaderMap,
}

impl Answered {
    /// The words of a page, without its tags.
    pub fn words(&self) -> String {
        let mut out = String::new();
        let mut inside = false;
        for letter in self.text.chars() {
            match letter {
                '<' => inside = true,
                '>' => {
                    inside = false;
                    out.push(' ');
                }
                other if !inside => out.push(other),
                _ => {}
            }
        }
        let plain =
            out.replace("&quot;", "\"").replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
        plain.split_whitespace().collect::<Vec<_>>().join(" ")
    }
}

impl Answered {
    /// What stands in the first field of this name on the page.
    ///
    /// # Panics
    /// Where the page has no such field.
    pub fn value(&self, name: &str) -> String {
        value(&self.text, name)
    }
}

/// What stands in the first field of this name on a page.
///
/// # Panics
/// Where the page has no such field.
pub fn value(page: &str, name: &str) -> String {
    let (_, rest) = page.split_once(&format!("name=\"{name}\" value=\"")).expect("a field of this name");
    rest.split('"').next().unwrap_or_default().to_owned()
}

impl TestApp {
    /// A browser in which nobody is signed in.
    pub fn browser(&self) -> Browser {
        Browser { router: routes(self.app.clone()), cookies: BTreeMap::new(), csrf: String::new() }
    }
}

impl Browser {
    /// Holds a cookie.
    pub fn hold(&mut self, name: &str, value: &str) {
        self.cookies.insert(name.to_owned(), value.to_owned());
    }

    /// Whether it holds a cookie.
    pub fn cookie(&self, name: &str) -> Option<&str> {
        self.cookies.get(name).map(String::as_str)
    }

    /// Forgets a cookie, as when a session ends on this side.
    pub fn forget(&mut self, name: &str) {
        self.cookies.remove(name);
    }

    /// Opens a page.
    pub async fn get(&mut self, path: &str) -> Answered {
        self.send(Request::get(path).body(Body::empty()).expect("a request")).await
    }

    /// Sends a form from the page it is on, with that page's token.
    pub async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Answered {
        let mut all = vec![("csrf", self.csrf.as_str())];
        all.extend_from_slice(fields);
        let body = serde_urlencoded::to_string(&all).expect("fields");
        let request = Request::post(path)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Body::from(body));
        self.send(request.expect("a request")).await
    }

    /// Sends a form with files: field, file name, content.
    pub async fn post_files(
        &mut self,
        path: &str,
        fields: &[(&str, &str)],
        files: &[(&str, &str, &[u8])],
    ) -> Answered {
        const EDGE: &str = "----------alongside";
        let mut body = vec![];
        let mut all = vec![("csrf", self.csrf.as_str())];
        all.extend_from_slice(fields);
        for (name, value) in all {
            let part =
                format!("--{EDGE}\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
            body.extend_from_slice(part.as_bytes());
        }
        for (field, name, content) in files {
            let head = format!(
                "--{EDGE}\r\ncontent-disposition: form-data; name=\"{field}\"; filename=\"{name}\"\r\ncontent-type: application/octet-stream\r\n\r\n"
            );
            body.extend_from_slice(head.as_bytes());
            body.extend_from_slice(content);
            body.extend_from_slice(b"\r\n");
        }
        body.extend_from_slice(format!("--{EDGE}--\r\n").as_bytes());
        let request = Request::post(path)
            .header(header::CONTENT_TYPE, format!("multipart/form-data; boundary={EDGE}"))
            .body(Body::from(body));
        self.send(request.expect("a request")).await
    }

    /// Sends any request with the cookies held.
    pub async fn send(&mut self, mut request: Request<Body>) -> Answered {
        let cookies: Vec<String> =
            self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        if !cookies.is_empty() {
            let value = cookies.join("; ").parse().expect("cookies");
            request.headers_mut().insert(header::COOKIE, value);
        }
        let response = self.router.clone().oneshot(request).await.expect("an answer");
        let (parts, body) = response.into_parts();
        let bytes = body.collect().await.expect("a body").to_bytes().to_vec();
        for set in parts.headers.get_all(header::SET_COOKIE) {
            let set = set.to_str().expect("a cookie");
            let (pair, _) = set.split_once(';').unwrap_or((set, ""));
            let (name, value) = pair.split_once('=').expect("a cookie has a value");
            if value.is_empty() {
                self.cookies.remove(name);
            } else {
                self.cookies.insert(name.to_owned(), value.to_owned());
            }
        }
        let text = String::from_utf8_lossy(&bytes).into_owned();
        if let Some((_, rest)) = text.split_once("name=\"csrf\" value=\"") {
            rest.split('"').next().unwrap_or_default().clone_into(&mut self.csrf);
        }
        let location = parts.headers.get(header::LOCATION).and_then(|v| v.to_str().ok()).map(str::to_owned);
        Answered { status: parts.status, location, text, bytes, headers: parts.headers }
    }
}

impl Browser {
    /// Carries a form token, as if a page with it had been opened.
    pub fn carry(&mut self, csrf: &str) {
        csrf.clone_into(&mut self.csrf);
    }
}
