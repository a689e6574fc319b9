//! Coming in through the council's own sign-in (OpenID Connect): the provider says who someone is, the record says
//! what they may do.
//!
//! What belongs to one coming in (its state, nonce and proof key) lies in a cookie of that browser and nowhere else.
//! Whoever comes in first is known by the claim that the council chose; from then on by their number at the provider,
//! so that a name given to somebody else later opens nothing.

use super::door::{self, Attempt, Begun, Vouched, tell};
use super::store::{self, SingleRow};
use crate::council::SingleSignOn;
use crate::form::same_token;
use crate::journal::{Act, note};
use crate::who;
use crate::{App, Oops, Result, Who};
use data_encoding::BASE64URL_NOPAD;
use db::{Tx, args};
use jiff::{SignedDuration, Timestamp};
use openidconnect::core::{
    CoreAuthenticationFlow, CoreClient, CoreIdToken, CoreIdTokenClaims, CoreProviderMetadata,
};
use openidconnect::{
    AuthorizationCode, ClaimsVerificationError, ClientId, ClientSecret, CsrfToken, EndpointMaybeSet,
    EndpointNotSet, EndpointSet, IssuerUrl, Nonce, PkceCodeChallenge, PkceCodeVerifier, RedirectUrl, Scope,
    SignatureVerificationError, TokenResponse, reqwest,
};
use practice::id::AccountId;
use practice::role::Role;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::sync::Arc;
use std::time::{Duration, SystemTime};
use uuid::Uuid;

/// How long what the provider says of itself is kept.
const KEPT: SignedDuration = SignedDuration::from_hours(1);
/// How soon it may be asked again, where a key is not among those known.
const SOONEST: SignedDuration = SignedDuration::from_secs(10);
/// How far the two clocks may be apart.
const SKEW: SignedDuration = SignedDuration::from_mins(2);
/// How long someone may stay at the provider.
const LASTS: SignedDuration = SignedDuration::from_mins(15);
/// How long the provider may take to answer.
const PATIENCE: Duration = Duration::from_secs(10);

type Client = CoreClient<
    EndpointSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointMaybeSet,
    EndpointMaybeSet,
>;

/// What the provider says of itself.
struct Provider {
    metadata: CoreProviderMetadata,
    asked: Timestamp,
}

/// What lies in the browser until it comes back.
#[derive(Serialize, Deserialize)]
struct Way {
    state: String,
    nonce: String,
    proof: String,
    next: String,
    began: Timestamp,
}

/// Why someone does not come in this way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Turned {
    /// The provider does not answer, or not as it should.
    NoAnswer,
    /// The provider did not let them in.
    NotThere,
    /// It was begun in another browser, too long ago, or what came back is not in order.
    NotInOrder,
    /// Nobody who works here is known by that name.
    Nobody,
    /// The provider gives them no role here.
    NoRole,
}

impl Turned {
    /// What to say to them.
    pub(super) const fn words(self) -> &'static str {
        match self {
            Self::NoAnswer => {
                "Your council’s sign-in does not answer. Try again in a few minutes, or sign in with your password"
            }
            Self::NotThere => "Your council’s sign-in did not let you in. Try again, or use your password",
            Self::NotInOrder => "That took too long, or was begun in another browser. Try once more",
            Self::Nobody => {
                "Your council’s sign-in knows you, but nobody who works here has that name. Ask the person who looks after Alongside in your council"
            }
            Self::NoRole => {
                "Your council has not given you a role here. Ask the person who looks after Alongside in your council"
            }
        }
    }

    const fn code(self) -> &'static str {
        match self {
            Self::NoAnswer => "no-answer",
            Self::NotThere => "not-let-in",
            Self::NotInOrder => "not-in-order",
            Self::Nobody => "nobody",
            Self::NoRole => "no-role",
        }
    }
}

/// What came of something that the provider may spoil.
pub(super) type Turn<T> = Result<std::result::Result<T, Turned>>;

fn http(set: &SingleSignOn) -> Option<reqwest::Client> {
    // a redirect would let a provider send the program anywhere
    let mut builder = reqwest::Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        .timeout(PATIENCE)
        .connect_timeout(PATIENCE);
    if let Some(pem) = &set.authority {
        builder = builder.add_root_certificate(reqwest::Certificate::from_pem(pem).ok()?);
    }
    builder.build().ok()
}

/// The provider as it last described itself; asked anew when that is old, or when asked to.
async fn provider(app: &App, set: &SingleSignOn, anew: bool) -> Option<Arc<Provider>> {
    // the council itself keeps it, not an account
    let (owner, id) = (AccountId(Uuid::nil()), Uuid::nil());
    let now = app.moment().now();
    let held = app.passing.get::<Provider>(owner, id, now);
    if let Some(held) = held
        && (!anew || now < held.asked + SOONEST)
    {
        return Some(held);
    }
    let issuer = IssuerUrl::new(set.issuer.clone()).ok()?;
    let metadata = CoreProviderMetadata::discover_async(issuer, &http(set)?).await;
    let metadata =
        metadata.map_err(|_| tracing::warn!("the council's sign-in did not describe itself")).ok()?;
    let fresh = Arc::new(Provider { metadata, asked: now });
    app.passing.forget(owner, id);
    app.passing.keep(owner, id, now + KEPT, Arc::clone(&fresh));
    Some(fresh)
}

fn client(app: &App, set: &SingleSignOn, provider: &Provider) -> Option<Client> {
    let back = RedirectUrl::new(format!("{}/sign-in/council/back", app.settings.public_url)).ok()?;
    let (id, secret) = (ClientId::new(set.client_id.clone()), ClientSecret::new(set.client_secret.0.clone()));
    Some(
        CoreClient::from_provider_metadata(provider.metadata.clone(), id, Some(secret))
            .set_redirect_uri(back),
    )
}

/// Where to send someone, and what their browser keeps meanwhile.
///
/// # Errors
/// [`Oops::NotFound`] where the council has no sign-in of its own.
pub(super) async fn begin(app: &App, next: &str) -> Turn<(String, String)> {
    let set = app.settings.single_sign_on.as_ref().ok_or(Oops::NotFound)?;
    let Some(provider) = provider(app, set, false).await else { return Ok(Err(Turned::NoAnswer)) };
    let Some(client) = client(app, set, &provider) else { return Ok(Err(Turned::NoAnswer)) };
    let (challenge, proof) = PkceCodeChallenge::new_random_sha256();
    let (url, state, nonce) = client
        .authorize_url(CoreAuthenticationFlow::AuthorizationCode, CsrfToken::new_random, Nonce::new_random)
        .add_scope(Scope::new("profile".to_owned()))
        .add_scope(Scope::new("email".to_owned()))
        .set_pkce_challenge(challenge)
        .url();
    let way = Way {
        state: state.secret().clone(),
        nonce: nonce.secret().clone(),
        proof: proof.secret().clone(),
        next: next.to_owned(),
        began: app.moment().now(),
    };
    let held = serde_json::to_vec(&way)
        .map_err(|error| Oops::Broken(format!("a way in could not be written: {error}")))?;
    Ok(Ok((url.to_string(), BASE64URL_NOPAD.encode(&held))))
}

/// What came back from the provider with the browser.
pub(super) struct Back {
    /// What the browser kept.
    pub(super) held: String,
    /// The state that came back.
    pub(super) state: String,
    /// The code to exchange; none where the provider refused.
    pub(super) code: Option<String>,
}

/// Lets in whom the provider vouches for, and says where they were going.
///
/// # Errors
/// [`Oops::NotFound`] where the council has no sign-in of its own.
pub(super) async fn enter(app: &App, back: &Back, at: &Attempt) -> Turn<(Begun, String)> {
    let set = app.settings.single_sign_on.as_ref().ok_or(Oops::NotFound)?;
    let way = BASE64URL_NOPAD.decode(back.held.as_bytes()).ok();
    let way: Option<Way> = way.and_then(|bytes| serde_json::from_slice(&bytes).ok());
    let now = app.moment().now();
    let Some(way) = way.filter(|way| same_token(&back.state, &way.state) && now < way.began + LASTS) else {
        return Ok(Err(Turned::NotInOrder));
    };
    let claims = match &back.code {
        Some(code) => vouched(app, set, &way, code).await?,
        None => Err(Turned::NotThere),
    };
    let admitted = match claims {
        Ok(claims) => admit(app, set, &claims, at).await?,
        Err(turned) => Err(turned),
    };
    if let Err(turned) = admitted {
        let mut moment = app.moment();
        let mut tx = app.db.write().await?;
        let payload = json!({"with": "council", "why": turned.code()});
        let act = Act { action: "sign_in_refused", about: &[], payload };
        note(&mut tx, &Who::program("Someone not signed in"), &mut moment, act).await?;
        tx.commit().await?;
    }
    Ok(admitted.map(|begun| (begun, super::local(Some(&way.next)))))
}

/// What the provider vouches for, checked: its signature, for whom and by whom, the nonce of this browser, the time.
async fn vouched(app: &App, set: &SingleSignOn, way: &Way, code: &str) -> Turn<Value> {
    let Some(known) = provider(app, set, false).await else { return Ok(Err(Turned::NoAnswer)) };
    let Some(asking) = client(app, set, &known) else { return Ok(Err(Turned::NoAnswer)) };
    let Some(http) = http(set) else { return Ok(Err(Turned::NoAnswer)) };
    let Ok(request) = asking.exchange_code(AuthorizationCode::new(code.to_owned())) else {
        return Ok(Err(Turned::NoAnswer));
    };
    let proof = PkceCodeVerifier::new(way.proof.clone());
    let Ok(answer) = request.set_pkce_verifier(proof).request_async(&http).await else {
        return Ok(Err(Turned::NotInOrder));
    };
    let Some(token) = answer.id_token() else { return Ok(Err(Turned::NoAnswer)) };
    let now = app.moment().now();
    let right = match verified(&asking, token, &way.nonce, now) {
        Err(ClaimsVerificationError::SignatureVerification(SignatureVerificationError::NoMatchingKey)) => {
            // the provider has changed its keys since it was asked
            let fresh = provider(app, set, true).await;
            let fresh = fresh.and_then(|fresh| client(app, set, &fresh));
            fresh.is_some_and(|fresh| verified(&fresh, token, &way.nonce, now).is_ok())
        }
        other => other.is_ok(),
    };
    if !right {
        return Ok(Err(Turned::NotInOrder));
    }
    // its signature holds, so what it says can be read
    let text = token.to_string();
    let part = text.split('.').nth(1).and_then(|part| BASE64URL_NOPAD.decode(part.as_bytes()).ok());
    Ok(part.and_then(|bytes| serde_json::from_slice(&bytes).ok()).ok_or(Turned::NotInOrder))
}

fn verified<'token>(
    client: &Client,
    token: &'token CoreIdToken,
    nonce: &str,
    now: Timestamp,
) -> std::result::Result<&'token CoreIdTokenClaims, ClaimsVerificationError> {
    let early: SystemTime = (now - SKEW).into();
    let late: SystemTime = (now + SKEW).into();
    let verifier = client.id_token_verifier().set_time_fn(move || early.into()).set_issue_time_verifier_fn(
        move |issued| {
            if SystemTime::from(issued) > late { Err("issued in the future".to_owned()) } else { Ok(()) }
        },
    );
    token.claims(&verifier, &Nonce::new(nonce.to_owned()))
}

/// The roles that someone may act in, as the provider says; none where the council does not ask it.
fn roles(set: &SingleSignOn, claims: &Value) -> std::result::Result<Option<Vec<Role>>, Turned> {
    let Some(claim) = &set.roles_claim else { return Ok(None) };
    let said: Vec<&str> = match claims.get(claim) {
        Some(Value::Array(all)) => all.iter().filter_map(Value::as_str).collect(),
        Some(Value::String(one)) => one.split([' ', ',']).collect(),
        _ => vec![],
    };
    let roles: Vec<Role> =
        set.roles.iter().filter(|(value, _)| said.contains(&value.as_str())).map(|(_, role)| *role).collect();
    if roles.is_empty() { Err(Turned::NoRole) } else { Ok(Some(roles)) }
}

/// The worker for whom the provider vouches: by their number there, or the first time by the claim.
async fn whose(tx: &mut Tx, set: &SingleSignOn, claims: &Value, subject: &str) -> Result<Option<SingleRow>> {
    if let Some(row) = tx.maybe(store::BY_SUBJECT, args![subject]).await? {
        return Ok(Some(row));
    }
    let name = claims.get(&set.claim).and_then(Value::as_str).map(door::sign_in_name);
    let Some(name) = name.filter(|name| !name.is_empty()) else { return Ok(None) };
    let rows: Vec<SingleRow> = if set.claim == "email" {
        if claims.get("email_verified") != Some(&Value::Bool(true)) {
            return Ok(None);
        }
        tx.all(store::BY_EMAIL, args![name]).await?
    } else {
        tx.all(store::BY_NAME, args![name]).await?
    };
    // two who share an address: neither is let in by it
    Ok(if rows.len() == 1 { rows.into_iter().next() } else { None })
}

async fn admit(app: &App, set: &SingleSignOn, claims: &Value, at: &Attempt) -> Turn<Begun> {
    let roles = match roles(set, claims) {
        Ok(roles) => roles,
        Err(turned) => return Ok(Err(turned)),
    };
    let Some(number) = claims.get("sub").and_then(Value::as_str) else {
        return Ok(Err(Turned::NotInOrder));
    };
    let subject = format!("{} {number}", set.issuer);
    let mut moment = app.moment();
    let mut tx = app.db.write().await?;
    let row = whose(&mut tx, set, claims, &subject).await?;
    let works = |row: &SingleRow| door::works_here(row.ended_at, row.to_date, moment.today());
    let Some(row) = row.filter(works) else { return Ok(Err(Turned::Nobody)) };
    if row.subject.is_none() {
        tx.run_one(store::BIND, args![row.id, &subject]).await?;
        let words = "You can sign in through your council’s own sign-in from now on";
        tell(&mut tx, &mut moment, row.worker_id, words).await?;
    }
    let vouched =
        Vouched { account: row.id.into(), worker: row.worker_id, name: &row.name, failures: row.failures };
    let begun = door::welcome(&mut tx, &mut moment, &vouched, (at, json!({"with": "council"}))).await?;
    if let Some(roles) = roles {
        who::narrow(&mut tx, &begun.token, &roles).await?;
    }
    tx.commit().await?;
    Ok(Ok(begun))
}
