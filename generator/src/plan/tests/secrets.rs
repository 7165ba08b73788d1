//! What mustn't stand in recordings, by its names on the wire.

use super::planned;

const DOCUMENT: &str = r"
components:
  schemas:
    Word: {type: string, format: password}
    Words: {type: array, items: {$ref: '#/components/schemas/Word'}}
    Either: {oneOf: [{type: integer}, {$ref: '#/components/schemas/Word'}]}
    Tree: {type: object, additionalProperties: {$ref: '#/components/schemas/Tree'}}
    Login:
      type: object
      properties:
        name: {type: string}
        'the word': {$ref: '#/components/schemas/Word'}
        words: {$ref: '#/components/schemas/Words'}
        by_name: {type: object, additionalProperties: {$ref: '#/components/schemas/Words'}}
        either: {$ref: '#/components/schemas/Either'}
        tree: {$ref: '#/components/schemas/Tree'}
        inner: {type: object, properties: {pin: {type: string, format: password}}}
paths:
  /logins:
    post:
      operationId: login
      parameters:
        - {name: X-Word, in: header, schema: {$ref: '#/components/schemas/Word'}}
        - {name: page, in: query, schema: {type: integer}}
      requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/Login'}}}}
      responses: {'200': {description: '', content: {application/json: {schema: {$ref: '#/components/schemas/Login'}}}}}
  /words:
    get:
      operationId: words
      responses: {'200': {description: '', content: {application/json: {schema: {$ref: '#/components/schemas/Words'}}}}}
";

#[test]
fn secrets_are_named_where_they_have_a_name() {
    let secrets = planned(DOCUMENT, "").value.krate.service.secrets;
    assert_eq!(
        secrets.fields,
        ["by_name", "either", "pin", "the word", "words"]
    );
    assert_eq!(secrets.parameters, ["X-Word"]);
    assert_eq!(secrets.operations, ["words"]);
}
