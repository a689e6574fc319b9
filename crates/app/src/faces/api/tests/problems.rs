//! Whatever is sent, the answer is a problem that says what is wrong, and never that something of ours broke.

use super::{Program, json, problem};
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use jiff::civil::date;
use practice::access::AllocationKind;
use practice::role::Role;
use testkit::{TestApp, both};

async fn program(t: &TestApp) -> (Program, String) {
    let team = t.team("North", None).await;
    let nadia = t.worker("Nadia Farrow", Role::SocialWorker, team).await;
    let josie = t.person("Josie Hart", date(2017, 3, 14)).await;
    t.allocate(josie, &nadia, AllocationKind::Responsible).await;
    (Program::of(t, &nadia).await, josie.to_string())
}

#[tokio::test]
async fn a_body_that_cannot_be_is_named_where_it_is_wrong() {
    both(|t| async move {
        let (mut program, josie) = program(&t).await;
        let path = format!("/people/{josie}/details");
        let wrong = StatusCode::UNPROCESSABLE_ENTITY;
        for (sent, status, kind, pointer) in [
            ("", StatusCode::BAD_REQUEST, "malformed", None),
            ("{", StatusCode::BAD_REQUEST, "malformed", None),
            ("\u{0}", StatusCode::BAD_REQUEST, "malformed", None),
            (r#"{"words":"\ud800"}"#, StatusCode::BAD_REQUEST, "malformed", None),
            ("[]", wrong, "wrong", Some("")),
            ("{}", wrong, "wrong", Some("")),
            (r#"{"kind":"language","words":7}"#, wrong, "wrong", Some("/words")),
            (r#"{"kind":"party","words":"x"}"#, wrong, "wrong", Some("/kind")),
            (r#"{"kind":"language","words":"a\u0000b"}"#, wrong, "wrong", Some("/words")),
            (r#"{"kind":"language","words":"x","more":1}"#, wrong, "wrong", Some("/more")),
            (r#"{"kind":"language","words":"x","from":"2026-02-30"}"#, wrong, "wrong", Some("/from")),
            (r#"{"kind":"language","words":"x","from":"-009999-01-01"}"#, wrong, "wrong", Some("/from")),
            (r#"{"kind":"photo","words":"x"}"#, wrong, "wrong", Some("/words")),
            (r#"{"kind":"phone","words":"ring me"}"#, wrong, "wrong", Some("/words")),
            (r#"{"kind":"died","words":"9999-12-31"}"#, wrong, "wrong", Some("/words")),
            (r#"{"kind":"language","words":""}"#, wrong, "wrong", Some("/words")),
        ] {
            let told =
                problem(&program.raw(&path, sent.as_bytes(), "application/json", None).await, status, kind);
            assert_eq!(told["errors"][0]["pointer"].as_str(), pointer, "{sent}: {told}");
        }
        let long = format!(r#"{{"kind":"language","words":"{}"}}"#, "x".repeat(200_001));
        let told =
            problem(&program.raw(&path, long.as_bytes(), "application/json", None).await, wrong, "wrong");
        assert_eq!(told["errors"][0]["pointer"], "/words");
        let deep = "[".repeat(100_000);
        let answer = program.raw(&path, deep.as_bytes(), "application/json", None).await;
        problem(&answer, StatusCode::BAD_REQUEST, "malformed");
        let large = vec![b' '; 1024 * 1024 + 1];
        let answer = program.raw(&path, &large, "application/json", None).await;
        problem(&answer, StatusCode::PAYLOAD_TOO_LARGE, "too-large");
        for kind in ["text/plain", "application/x-www-form-urlencoded", ""] {
            let answer = program.raw(&path, b"{}", kind, None).await;
            problem(&answer, StatusCode::UNSUPPORTED_MEDIA_TYPE, "media-type");
        }
        let number = r#"{"other":"01936f2e-6a00-7000-8000-000000000000","kind":"parent","closeness":1e400}"#;
        let answer = program
            .raw(&format!("/people/{josie}/relationships"), number.as_bytes(), "application/json", None)
            .await;
        assert!(answer.status.is_client_error(), "{}", answer.text);
        for key in ["", "k\u{e9}y", &"k".repeat(256)] {
            let answer = program
                .raw(&path, br#"{"kind":"language","words":"x"}"#, "application/json", Some(key))
                .await;
            problem(&answer, StatusCode::BAD_REQUEST, "malformed");
        }
    })
    .await;
}

#[tokio::test]
async fn an_address_that_leads_nowhere_is_a_problem_too() {
    both(|t| async move {
        let (mut program, josie) = program(&t).await;
        let long = "x".repeat(5000);
        for path in [
            "/nothing".to_owned(),
            "/people/not-an-id".to_owned(),
            format!("/people/{long}"),
            "/people/%00".to_owned(),
            "/people/%FF".to_owned(),
            "/teams/%00".to_owned(),
            "/entries/01936f2e-6a00-7000-8000-000000000000".to_owned(),
        ] {
            problem(&program.get(&path).await, StatusCode::NOT_FOUND, "not-found");
        }
        let mut browser = t.browser();
        let request = Request::delete(format!("/api/v1/people/{josie}")).body(Body::empty()).unwrap();
        let answer = browser.send(request).await;
        problem(&answer, StatusCode::METHOD_NOT_ALLOWED, "method");
        assert!(answer.headers[header::ALLOW].to_str().unwrap().contains("GET"));
        let not_theirs = browser.get("/api/nothing").await;
        problem(&not_theirs, StatusCode::NOT_FOUND, "not-found");
    })
    .await;
}

#[tokio::test]
async fn the_document_can_be_read_and_every_example_fits_its_own_action() {
    both(|t| async move {
        let (mut program, josie) = program(&t).await;
        let answer = t.browser().get("/api/v1/openapi.json").await;
        assert_eq!(answer.headers[header::CONTENT_TYPE], "application/json");
        let document = json(&answer);
        assert_eq!(document["openapi"], "3.1.0");
        let mut references = vec![];
        refs(&document, &mut references);
        assert!(references.len() > 100);
        for one in references {
            let name = one.strip_prefix("#/components/schemas/").expect("a reference to a schema");
            assert!(document["components"]["schemas"][name].is_object(), "{name} is told of and not there");
        }
        let mut examples = 0;
        for (path, item) in document["paths"].as_object().unwrap() {
            let Some(example) =
                item["post"]["requestBody"]["content"]["application/json"]["example"].as_object()
            else {
                continue;
            };
            let path = path.strip_prefix("/api/v1").unwrap().replace("{id}", &josie);
            let answer = program.post(&path, &serde_json::Value::Object(example.clone())).await;
            // whom it names is not there; its form is right
            let told = json(&answer);
            let form = told["type"] == "/api#malformed"
                || told["errors"][0]["detail"]
                    .as_str()
                    .is_some_and(|words| words.contains("field") || words.contains("variant"));
            assert!(!answer.status.is_server_error() && !form, "{path}: {told}");
            examples += 1;
        }
        assert_eq!(examples, 16);
        let page = t.browser().get("/api").await;
        assert_eq!(page.status, StatusCode::OK);
        for item in document["paths"].as_object().unwrap().values() {
            for operation in item.as_object().unwrap().values() {
                let title = operation["summary"].as_str().unwrap().replace('\'', "&#39;");
                assert!(
                    page.text.contains(&title)
                        || page.words().contains(operation["summary"].as_str().unwrap()),
                    "{title}"
                );
            }
        }
    })
    .await;
}

fn refs(value: &serde_json::Value, into: &mut Vec<String>) {
    match value {
        serde_json::Value::Object(all) => {
            for (key, one) in all {
                match one.as_str().filter(|_| key == "$ref") {
                    Some(reference) => into.push(reference.to_owned()),
                    None => refs(one, into),
                }
            }
        }
        serde_json::Value::Array(all) => all.iter().for_each(|one| refs(one, into)),
        _ => {}
    }
}
