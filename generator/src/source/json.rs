//! Where the nodes of a JSON text stand. Reads as far as the text is JSON.

use std::ops::Range;

use jsonc_parser::Scanner;
use jsonc_parser::ScannerOptions;
use jsonc_parser::tokens::Token;

use super::places::{Key, Places};

pub(super) fn places(text: &str) -> Places {
    let mut places = Places::default();
    let mut scanner = Scanner::new(text, &ScannerOptions::default());
    // For each open bracket, whether it is a brace.
    let mut braces: Vec<bool> = Vec::new();
    let mut key = None;
    let mut key_expected = false;
    while let Ok(Some(token)) = scanner.scan() {
        let place = scanner.token_start()..scanner.token_end();
        match token {
            Token::OpenBrace | Token::OpenBracket => {
                places.open(key.take(), place);
                key_expected = token == Token::OpenBrace;
                braces.push(key_expected);
            }
            Token::CloseBrace | Token::CloseBracket => {
                places.close();
                braces.pop();
                key = None;
            }
            Token::Comma => {
                key = None;
                key_expected = braces.last().copied().unwrap_or(false);
            }
            Token::Colon => key_expected = false,
            Token::String(name) if key_expected => {
                let name = name.into_owned().into_boxed_str();
                key = Some(Key { name, place });
            }
            Token::CommentLine(_) | Token::CommentBlock(_) => {}
            _ => {
                places.add(key.take(), place);
            }
        }
    }
    places.close_all();
    places
}

pub(super) fn unclosed_bracket(text: &str) -> Option<Range<usize>> {
    let mut scanner = Scanner::new(text, &ScannerOptions::default());
    let mut open = Vec::new();
    while let Ok(Some(token)) = scanner.scan() {
        match token {
            Token::OpenBrace | Token::OpenBracket => {
                open.push(scanner.token_start()..scanner.token_end());
            }
            Token::CloseBrace | Token::CloseBracket => {
                open.pop();
            }
            _ => {}
        }
    }
    open.pop()
}
