//! The document of the API, `OpenAPI` 3.1, made from the same types and actions that answer.

use super::allocations::{AllocateIt, EndTheirPart, ReadAllocations};
use super::details::{GivenAddress, GivenBirth, GivenDetail, GivenIdentifier, GivenName, GivenRelationship};
use super::entries::{ReadEntry, ReadPromises, ReadTimeline};
use super::find::{AddPerson, Find};
use super::limit;
use super::operation::{At, Command, MOST_BYTES, Made, Question};
use super::own::{ReadMe, ReadTeam, ReadTeams, ReadToday};
use super::pathway::{EndIt, FinishIt, OpenIt, ReadClocks, ReadEpisodes, ReadSteps, RecordIt};
use super::people::{ReadPerson, ReadRelationships};
use super::problem::{Kind, Told};
use super::record::{CorrectEntry, Outcome, RecordEntry};
use serde_json::{Map, Value as Json, json};
use std::sync::LazyLock;
use utoipa::ToSchema;
use utoipa::openapi::RefOr;
use utoipa::openapi::path::ParameterIn;
use utoipa::openapi::schema::Schema;

/// One operation as the document and the page tell of it.
pub(super) struct Operation {
    /// `GET` or `POST`.
    pub(super) method: &'static str,
    pub(super) at: At,
    /// A body as it may be sent.
    pub(super) example: Option<&'static str>,
    parameters: Vec<Json>,
    takes: Option<String>,
    gives: String,
    status: &'static str,
    schemas: Vec<(String, RefOr<Schema>)>,
}

fn schemas_of<T: ToSchema>() -> Vec<(String, RefOr<Schema>)> {
    let mut all = vec![(T::name().into_owned(), T::schema())];
    T::schemas(&mut all);
    all
}

fn read<Q: Question>() -> Operation {
    let parameters = Q::into_params(|| Some(ParameterIn::Query));
    let mut schemas = schemas_of::<Q::Answer>();
    for (name, schema) in [named::<super::listed::EntryKind>(), named::<super::listed::Instant>()] {
        schemas.push((name, schema));
    }
    Operation {
        method: "GET",
        at: Q::AT,
        example: None,
        parameters: parameters.iter().filter_map(|one| serde_json::to_value(one).ok()).collect(),
        takes: None,
        gives: Q::Answer::name().into_owned(),
        status: "200",
        schemas,
    }
}

fn named<T: ToSchema>() -> (String, RefOr<Schema>) {
    (T::name().into_owned(), T::schema())
}

fn act<C: Command>() -> Operation {
    let mut schemas = schemas_of::<C>();
    schemas.extend(schemas_of::<Made>());
    Operation {
        method: "POST",
        at: C::AT,
        example: Some(C::EXAMPLE),
        parameters: vec![],
        takes: Some(C::name().into_owned()),
        gives: Made::name().into_owned(),
        status: if C::MAKES { "201" } else { "200" },
        schemas,
    }
}

/// Every operation, in the order the page lists them.
pub(super) fn operations() -> Vec<Operation> {
    vec![
        read::<ReadMe>(),
        read::<ReadToday>(),
        read::<ReadTeams>(),
        read::<ReadTeam>(),
        read::<Find>(),
        act::<AddPerson>(),
        read::<ReadPerson>(),
        read::<ReadRelationships>(),
        act::<GivenRelationship>(),
        act::<GivenName>(),
        act::<GivenBirth>(),
        act::<GivenDetail>(),
        act::<GivenIdentifier>(),
        act::<GivenAddress>(),
        read::<ReadTimeline>(),
        read::<ReadEntry>(),
        act::<RecordEntry>(),
        act::<CorrectEntry>(),
        read::<ReadPromises>(),
        act::<Outcome>(),
        read::<ReadClocks>(),
        read::<ReadEpisodes>(),
        act::<OpenIt>(),
        act::<EndIt>(),
        read::<ReadSteps>(),
        act::<RecordIt>(),
        act::<FinishIt>(),
        read::<ReadAllocations>(),
        act::<AllocateIt>(),
        act::<EndTheirPart>(),
    ]
}

/// What may go wrong with any operation, and what only with some.
fn problems(operation: &Operation) -> Map<String, Json> {
    let mut all = Map::new();
    let mut kinds = vec![Kind::Malformed, Kind::NoToken, Kind::NotAllowed, Kind::TooMany, Kind::Wrong];
    if operation.at.scope.is_some() {
        kinds.push(Kind::Scope);
        kinds.push(Kind::NotFound);
    }
    if operation.takes.is_some() {
        kinds.extend([Kind::TooLarge, Kind::MediaType, Kind::Refused, Kind::KeyUsed, Kind::Stale]);
    }
    if operation.at.name == "addPerson" {
        kinds.push(Kind::Alike);
    }
    for kind in Kind::ALL.iter().filter(|kind| kinds.contains(kind)) {
        let status = kind.status().to_string();
        let line = format!("- `{}`: {}", kind.code(), kind.about());
        if let Some(Json::String(words)) = all.get_mut(&status).and_then(|held| held.get_mut("description")) {
            words.push_str(&format!("\n{line}"));
            continue;
        }
        let mut response = json!({
            "description": line,
            "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}},
        });
        if *kind == Kind::TooMany {
            response["headers"] = json!({"Retry-After": {
                "description": "How many seconds to wait.", "required": true,
                "schema": {"type": "integer", "minimum": 1},
            }});
        }
        all.insert(status, response);
    }
    all
}

fn of_path(path: &str) -> Vec<Json> {
    path.split('/')
        .filter_map(|part| part.strip_prefix('{')?.strip_suffix('}'))
        .map(|name| {
            let schema = match name {
                "id" => json!({"type": "string", "format": "uuid"}),
                _ => json!({"type": "string", "minLength": 1, "maxLength": 100}),
            };
            json!({"name": name, "in": "path", "required": true, "schema": schema})
        })
        .collect()
}

fn told(operation: &Operation) -> Json {
    let mut parameters = of_path(operation.at.path);
    parameters.extend(operation.parameters.iter().cloned());
    let mut responses = problems(operation);
    let schema = json!({"$ref": format!("#/components/schemas/{}", operation.gives)});
    responses.insert(
        operation.status.to_owned(),
        json!({"description": "Done.", "content": {"application/json": {"schema": schema}}}),
    );
    let scope = operation.at.scope.map_or("any token", |scope| scope.code());
    let mut told = json!({
        "operationId": operation.at.name,
        "summary": operation.at.title,
        "description": format!("{}\n\nScope: `{scope}`.", operation.at.about),
        "responses": responses,
        "security": [{"token": operation.at.scope.map_or_else(Vec::new, |scope| vec![scope.code()])}],
    });
    if let (Some(takes), Some(example)) = (&operation.takes, operation.example) {
        parameters.push(json!({
            "name": "Idempotency-Key", "in": "header", "required": false,
            "description": "A key of your own for this one thing to be done. Sent again within 24 hours it is answered again and not done again.",
            "schema": {"type": "string", "minLength": 1, "maxLength": 255, "pattern": "^[!-~]+$"},
        }));
        let example: Json = serde_json::from_str(example).unwrap_or_default();
        let schema = json!({"$ref": format!("#/components/schemas/{takes}")});
        told["requestBody"] = json!({"required": true, "content": {"application/json": {"schema": schema, "example": example}}});
    }
    told["parameters"] = Json::Array(parameters);
    told
}

fn made() -> Json {
    let (mut paths, mut schemas) = (Map::new(), Map::new());
    let of_problem = schemas_of::<Told>();
    for operation in operations() {
        let path = format!("/api/v1{}", operation.at.path);
        let method = operation.method.to_lowercase();
        let told = told(&operation);
        if let Json::Object(item) = paths.entry(path).or_insert_with(|| json!({})) {
            item.insert(method, told);
        }
        for (name, schema) in operation.schemas {
            schemas.entry(name).or_insert_with(|| serde_json::to_value(schema).unwrap_or_default());
        }
    }
    for (name, schema) in of_problem {
        schemas.entry(name).or_insert_with(|| serde_json::to_value(schema).unwrap_or_default());
    }
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Alongside",
            "version": env!("CARGO_PKG_VERSION"),
            "description": format!(
                "The same actions as the pages, for other programs. A token acts as the worker who made it, with what they may see and no more, within its scopes; everything read or done stands in the journal with the token's name. A token is answered {} requests a minute; a body holds at most {} bytes. Left to the pages: restricted records, breaking the glass, joining records, administration, attachments, withdrawing and correcting details.",
                limit::MOST, MOST_BYTES
            ),
            "license": {"name": "MIT OR Apache-2.0"},
        },
        "servers": [{"url": "/"}],
        "paths": paths,
        "components": {
            "schemas": schemas,
            "securitySchemes": {"token": {
                "type": "http", "scheme": "bearer",
                "description": "A token made under My account, My tokens.",
            }},
        },
    })
}

static DOCUMENT: LazyLock<String> = LazyLock::new(|| made().to_string());

/// The document.
pub(super) fn text() -> &'static str {
    &DOCUMENT
}
