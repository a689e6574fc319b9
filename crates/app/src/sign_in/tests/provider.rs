//! A council's sign-in for tests: it describes itself, gives codes, and signs what it says, rightly or not.

use axum::extract::{Form, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use data_encoding::{BASE64, BASE64URL_NOPAD};
use jiff::Timestamp;
use openidconnect::core::{CoreJwsSigningAlgorithm, CoreRsaPrivateSigningKey};
use openidconnect::{JsonWebKeyId, PrivateSigningKey};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard};

// made for these tests with `openssl genrsa -traditional 2048`, and used nowhere else
const KEYS: [&str; 2] = [include_str!("provider-one.pem"), include_str!("provider-two.pem")];

/// What the provider says and how.
pub(super) struct Says {
    /// Which of its keys it publishes.
    pub(super) published: Vec<usize>,
    /// Which it signs with.
    pub(super) signs_with: usize,
    /// The claims beside the usual ones, which they may replace.
    pub(super) claims: Value,
    /// What it takes the time to be.
    pub(super) now: Timestamp,
    /// How often its keys were asked for.
    pub(super) asked_for_keys: usize,
    /// Codes given and not exchanged: with their nonce and challenge.
    codes: HashMap<String, (String, String)>,
    number: usize,
}

/// The provider, on a port of its own until the test ends.
#[derive(Clone)]
pub(super) struct Provider {
    pub(super) url: String,
    says: Arc<Mutex<Says>>,
}

fn key(which: usize) -> CoreRsaPrivateSigningKey {
    CoreRsaPrivateSigningKey::from_pem(KEYS[which], Some(JsonWebKeyId::new(format!("key-{which}")))).unwrap()
}

/// A value in an address.
pub(super) fn part(url: &str, name: &str) -> String {
    let query = url.split_once('?').unwrap().1;
    let pairs: Vec<(String, String)> = serde_urlencoded::from_str(query).unwrap();
    pairs.into_iter().find(|(key, _)| key == name).unwrap_or_else(|| panic!("no {name} in {url}")).1
}

impl Provider {
    pub(super) async fn start(now: Timestamp) -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://127.0.0.1:{}", listener.local_addr().unwrap().port());
        let says = Says {
            published: vec![0],
            signs_with: 0,
            claims: json!({}),
            now,
            asked_for_keys: 0,
            codes: HashMap::new(),
            number: 0,
        };
        let provider = Self { url, says: Arc::new(Mutex::new(says)) };
        let router = Router::new()
            .route("/.well-known/openid-configuration", get(describe))
            .route("/keys", get(keys))
            .route("/token", post(token))
            .with_state(provider.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        provider
    }

    pub(super) fn says(&self) -> MutexGuard<'_, Says> {
        self.says.lock().unwrap()
    }

    /// Someone signs in there, on the page to which their browser was sent: the address they come back to.
    pub(super) fn lets_in(&self, sent_to: &str) -> String {
        assert!(sent_to.starts_with(&format!("{}/authorize?", self.url)), "{sent_to}");
        assert_eq!(part(sent_to, "response_type"), "code");
        assert_eq!(part(sent_to, "client_id"), "alongside");
        assert_eq!(part(sent_to, "code_challenge_method"), "S256");
        assert_eq!(part(sent_to, "redirect_uri"), "http://localhost:8080/sign-in/council/back");
        let mut says = self.says();
        says.number += 1;
        let code = format!("code-{}", says.number);
        says.codes.insert(code.clone(), (part(sent_to, "nonce"), part(sent_to, "code_challenge")));
        format!("/sign-in/council/back?code={code}&state={}", part(sent_to, "state"))
    }
}

async fn describe(State(provider): State<Provider>) -> Json<Value> {
    let url = &provider.url;
    Json(json!({
        "issuer": url,
        "authorization_endpoint": format!("{url}/authorize"),
        "token_endpoint": format!("{url}/token"),
        "jwks_uri": format!("{url}/keys"),
        "response_types_supported": ["code"],
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": ["RS256"],
    }))
}

async fn keys(State(provider): State<Provider>) -> Json<Value> {
    let mut says = provider.says();
    says.asked_for_keys += 1;
    let published: Vec<_> = says.published.iter().map(|&which| key(which).as_verification_key()).collect();
    Json(json!({"keys": published}))
}

async fn token(
    State(provider): State<Provider>,
    headers: HeaderMap,
    Form(sent): Form<HashMap<String, String>>,
) -> Response {
    let mut says = provider.says();
    let secret = format!("Basic {}", BASE64.encode(b"alongside:very+secret"));
    let known = headers.get(header::AUTHORIZATION).is_some_and(|value| value == secret.as_str());
    let code = says.codes.remove(sent.get("code").map_or("", String::as_str));
    let proof = sent.get("code_verifier").map(|proof| BASE64URL_NOPAD.encode(&Sha256::digest(proof)));
    let Some((nonce, _)) = code.filter(|(_, challenge)| known && proof.as_ref() == Some(challenge)) else {
        return (StatusCode::BAD_REQUEST, Json(json!({"error": "invalid_grant"}))).into_response();
    };
    let now = says.now.as_second();
    let mut claims = json!({
        "iss": provider.url,
        "sub": "4711",
        "aud": "alongside",
        "exp": now + 300,
        "iat": now,
        "nonce": nonce,
    });
    for (name, value) in says.claims.as_object().unwrap() {
        claims[name] = value.clone();
    }
    let head = json!({"alg": "RS256", "kid": format!("key-{}", says.signs_with)});
    let text = [head, claims].map(|part| BASE64URL_NOPAD.encode(part.to_string().as_bytes())).join(".");
    let signed =
        key(says.signs_with).sign(&CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha256, text.as_bytes()).unwrap();
    let id_token = format!("{text}.{}", BASE64URL_NOPAD.encode(&signed));
    Json(json!({"access_token": "unused", "token_type": "Bearer", "id_token": id_token})).into_response()
}
