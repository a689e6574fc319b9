//! The markup of our own pages read back as a tree. It knows the HTML that maud writes (every element closed, every
//! value in quotes) and nothing more; what it cannot read ends the reading, and what came before is kept.

/// An element, or letters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Node {
    Letters(String),
    Element(Element),
}

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Element {
    pub(crate) name: String,
    pub(crate) values: Vec<(String, String)>,
    pub(crate) inside: Vec<Node>,
}

const VOID: [&str; 9] = ["area", "br", "col", "hr", "img", "input", "link", "meta", "wbr"];

impl Element {
    /// The value of an attribute; empty where it has none, none where it is not there.
    pub(crate) fn value(&self, name: &str) -> Option<&str> {
        self.values.iter().find(|one| one.0 == name).map(|one| one.1.as_str())
    }

    /// Whether it is of one of these classes.
    pub(crate) fn is(&self, classes: &[&str]) -> bool {
        self.value("class").is_some_and(|all| all.split(' ').any(|one| classes.contains(&one)))
    }

    pub(crate) fn elements(&self) -> impl Iterator<Item = &Self> {
        self.inside.iter().filter_map(|node| match node {
            Node::Element(element) => Some(element),
            Node::Letters(_) => None,
        })
    }

    /// The first element below it for which this holds, in the order of reading.
    pub(crate) fn find(&self, wanted: &dyn Fn(&Self) -> bool) -> Option<&Self> {
        self.elements().find_map(|one| if wanted(one) { Some(one) } else { one.find(wanted) })
    }
}

/// Reads markup into one element that holds all of it.
pub(crate) fn tree(markup: &str) -> Element {
    let mut open = vec![Element::default()];
    let mut rest = markup;
    while !rest.is_empty() {
        let (letters, after) = rest.split_at(rest.find('<').unwrap_or(rest.len()));
        if !letters.is_empty() {
            put(&mut open, Node::Letters(unescaped(letters)));
        }
        let Some((tag, after)) = after.strip_prefix('<').and_then(tag) else { break };
        rest = after;
        if let Some(name) = tag.strip_prefix('/') {
            close(&mut open, name.trim());
        } else if !tag.starts_with('!') {
            let element = element(tag);
            if VOID.contains(&element.name.as_str()) {
                put(&mut open, Node::Element(element));
            } else {
                open.push(element);
            }
        }
    }
    while open.len() > 1 {
        up(&mut open);
    }
    open.pop().unwrap_or_default()
}

fn put(open: &mut [Element], node: Node) {
    if let Some(last) = open.last_mut() {
        last.inside.push(node);
    }
}

fn up(open: &mut Vec<Element>) {
    if let Some(done) = open.pop() {
        put(open, Node::Element(done));
    }
}

/// Closes the innermost element of this name, and whatever is open inside it.
fn close(open: &mut Vec<Element>, name: &str) {
    let Some(at) = open.iter().rposition(|one| one.name == name).filter(|at| *at > 0) else { return };
    while open.len() > at {
        up(open);
    }
}

/// What stands before the `>` that ends a tag, and what comes after it.
fn tag(text: &str) -> Option<(&str, &str)> {
    let mut quoted = false;
    for (at, letter) in text.char_indices() {
        match letter {
            '"' => quoted = !quoted,
            '>' if !quoted => return Some((&text[..at], &text[at + 1..])),
            _ => {}
        }
    }
    None
}

fn element(tag: &str) -> Element {
    let (name, mut rest) = tag.split_once(char::is_whitespace).unwrap_or((tag, ""));
    let mut element = Element { name: name.trim_end_matches('/').to_ascii_lowercase(), ..Element::default() };
    loop {
        rest = rest.trim_start_matches(|letter: char| letter.is_whitespace() || letter == '/');
        if rest.is_empty() {
            return element;
        }
        let end = rest.find(|letter: char| letter == '=' || letter.is_whitespace()).unwrap_or(rest.len());
        let (name, after) = rest.split_at(end);
        let quoted = after.strip_prefix("=\"").and_then(|value| value.split_once('"'));
        let (value, after) = quoted.unwrap_or(("", after.trim_start_matches('=')));
        element.values.push((name.to_owned(), unescaped(value)));
        rest = after;
    }
}

/// Letters as they were before they were made safe for a page.
fn unescaped(text: &str) -> String {
    const MADE_SAFE: [(&str, &str); 6] = [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#39;", "'"),
        ("&nbsp;", "\u{a0}"),
        ("&amp;", "&"),
    ];
    if !text.contains('&') {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('&') {
        out.push_str(before);
        let whole = &rest[before.len()..];
        if let Some((safe, letter)) = MADE_SAFE.iter().find(|(safe, _)| whole.starts_with(safe)) {
            out.push_str(letter);
            rest = &whole[safe.len()..];
        } else {
            out.push('&');
            rest = after;
        }
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tree_holds_what_maud_wrote() {
        let hostile = "<script>\"&lt;' > & </p>";
        let markup = maud::html! {
            (maud::DOCTYPE)
            p.words title=(hostile) hidden { (hostile) br; b { "on" } }
            input name="a" value=(hostile);
        };
        let all = tree(&markup.into_string());
        let [p, input] = all.elements().collect::<Vec<_>>()[..] else { panic!("two elements: {all:?}") };
        assert_eq!(p.value("title"), Some(hostile));
        assert_eq!(p.value("hidden"), Some(""));
        assert!(p.is(&["words"]) && !p.is(&["word"]));
        assert_eq!(p.inside[0], Node::Letters(hostile.to_owned()));
        assert_eq!(p.elements().map(|one| one.name.as_str()).collect::<Vec<_>>(), ["br", "b"]);
        assert_eq!((input.value("name"), input.value("value")), (Some("a"), Some(hostile)));
    }

    #[test]
    fn what_is_no_markup_ends_the_reading_without_a_fall() {
        for broken in ["<", "<p", "<p class=\"", "</p>", "<p><b></p>x", "a & b &", "<p a=b c>", "<>"] {
            drop(tree(broken));
        }
        let all = tree("<p><b>in</p>after");
        assert_eq!(all.inside.last(), Some(&Node::Letters("after".to_owned())));
    }
}
