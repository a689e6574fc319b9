//! A report as one HTML page that needs nothing else: to read, to print, to send to a colleague.

use std::fmt::Write as _;

use super::telling::{
    Finding, SECTIONS, Telling, gone_in_words, gone_place, places_in_short, state_in_words,
};
use super::{RuleOutcome, State};

const HEAD: &str = "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">
<style>
body{font:1rem/1.5 \"Atkinson Hyperlegible Next\",system-ui,sans-serif;color:#111;background:#fff;max-width:70rem;margin:0 auto;padding:1rem;overflow-wrap:anywhere}
h1{font-size:1.6rem}h2{font-size:1.3rem;border-top:2px solid #111;padding-top:.5rem;margin-top:2.5rem}h3{font-size:1.05rem;margin-bottom:0}
p{margin:.3rem 0}.code{display:inline-block;min-width:4.5rem;font-weight:700}
.scroll{overflow-x:auto}table{border-collapse:collapse;width:100%;margin:.5rem 0 1.5rem}
th,td{text-align:left;vertical-align:top;padding:.25rem .75rem .25rem 0;border-bottom:1px solid #ccc;overflow-wrap:anywhere}
td.id{white-space:nowrap;overflow-wrap:normal}.places td:first-child{width:11rem}.places td:nth-child(2){width:26rem}
@media(max-width:40rem){.places td:nth-child(n){width:auto}}
caption{text-align:left;padding:.25rem 0}summary{cursor:pointer;padding:.25rem 0}
@media print{details{display:block}details::details-content{display:block;content-visibility:visible}h2,h3{break-after:avoid}tr{break-inside:avoid}}
</style>
";

/// Text made safe between tags and in quoted attributes.
struct Safe<'a>(&'a str);

impl std::fmt::Display for Safe<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for letter in self.0.chars() {
            match letter {
                '&' => f.write_str("&amp;")?,
                '<' => f.write_str("&lt;")?,
                '>' => f.write_str("&gt;")?,
                '"' => f.write_str("&quot;")?,
                '\'' => f.write_str("&#39;")?,
                // no page may hold these
                '\0'..='\u{8}' | '\u{B}'..='\u{1F}' | '\u{7F}'..='\u{9F}' => f.write_char('\u{FFFD}')?,
                other => f.write_char(other)?,
            }
        }
        Ok(())
    }
}

impl Telling<'_> {
    /// The report as one HTML page.
    pub fn to_html(&self) -> String {
        let title = self.title();
        let mut page = format!(
            "<!DOCTYPE html>\n<html lang=\"en-GB\">\n<head>\n<meta charset=\"utf-8\">\n<title>{}</title>\n",
            Safe(&title)
        );
        page.push_str(HEAD);
        let _ = write!(page, "</head>\n<body>\n<main>\n<h1>{}</h1>\n", Safe(&title));
        for line in self.summary() {
            let _ = writeln!(page, "<p>{}</p>", Safe(&line));
        }
        for (heading, kind) in SECTIONS {
            let found = self.found(kind);
            if !found.is_empty() {
                let _ = writeln!(page, "<h2>{}</h2>", Safe(heading));
            }
            for (rule, findings) in found {
                self.rule(&mut page, rule, &findings);
            }
        }
        self.children(&mut page);
        self.gone(&mut page);
        self.left(&mut page);
        self.rules(&mut page);
        page.push_str("</main>\n</body>\n</html>\n");
        page
    }

    fn rule(&self, page: &mut String, rule: &RuleOutcome, findings: &[Finding<'_>]) {
        let _ = writeln!(
            page,
            "<h3><span class=\"code\">{}</span> {}</h3>",
            Safe(&rule.code),
            Safe(&rule.words.says)
        );
        let _ = writeln!(page, "<p>What would do: {}</p>", Safe(&rule.words.would_do));
        let many =
            if findings.len() == 1 { "1 place".to_owned() } else { format!("{} places", findings.len()) };
        let open = if findings.len() <= 20 { " open" } else { "" };
        let _ = write!(
            page,
            "<details{open}><summary>{many}</summary><div class=\"scroll\"><table class=\"places\">\n<tr><th scope=\"col\">Child</th><th scope=\"col\">Where</th><th scope=\"col\">What stood there</th>"
        );
        if self.changes.is_some() {
            page.push_str("<th scope=\"col\">Since the earlier check</th>");
        }
        if self.notes.is_some() {
            page.push_str("<th scope=\"col\">Note</th>");
        }
        page.push_str("</tr>\n");
        for finding in findings {
            let (child, place) = (finding.child().unwrap_or(""), finding.place_in_words());
            let _ = write!(
                page,
                "<tr><td{}>{}</td><td>{}</td><td>{}</td>",
                // an id that fits is never broken over two lines
                if child.len() <= 20 { " class=\"id\"" } else { "" },
                Safe(child),
                Safe(&place),
                Safe(finding.was())
            );
            if self.changes.is_some() {
                let _ = write!(page, "<td>{}</td>", finding.change());
            }
            if self.notes.is_some() {
                let _ = write!(page, "<td>{}</td>", Safe(finding.note.unwrap_or("")));
            }
            page.push_str("</tr>\n");
        }
        page.push_str("</table></div></details>\n");
    }

    fn children(&self, page: &mut String) {
        let children = self.report.by_child();
        if children.is_empty() {
            return;
        }
        let _ = write!(page, "<h2>By child</h2>\n<details><summary>{} children</summary>\n", children.len());
        for child in children {
            let _ =
                write!(page, "<h3>{}</h3>\n<ul>\n", Safe(child.child.unwrap_or("(without a child's id)")));
            for of_rule in child.places.chunk_by(|a, b| a.0.code == b.0.code) {
                let rule = of_rule[0].0;
                let _ = writeln!(
                    page,
                    "<li><b>{}</b> {} ({})</li>",
                    Safe(&rule.code),
                    Safe(&rule.words.says),
                    Safe(&places_in_short(of_rule.iter().map(|(_, place)| *place)))
                );
            }
            page.push_str("</ul>\n");
        }
        page.push_str("</details>\n");
    }

    fn gone(&self, page: &mut String) {
        let Some(changes) = self.changes.filter(|changes| !changes.gone.is_empty()) else { return };
        page.push_str("<h2>Not found any more</h2>\n<div class=\"scroll\"><table>\n<tr><th scope=\"col\">Code</th><th scope=\"col\">Where it was</th><th scope=\"col\">What became of it</th></tr>\n");
        for gone in &changes.gone {
            let _ = writeln!(
                page,
                "<tr><td>{}</td><td>{}</td><td>{}</td></tr>",
                Safe(&gone.code),
                Safe(&gone_place(gone)),
                gone_in_words(gone.gone)
            );
        }
        page.push_str("</table></div>\n");
    }

    fn left(&self, page: &mut String) {
        if self.report.not_understood.is_empty() {
            return;
        }
        page.push_str("<h2>In the file, and not understood</h2>\n<div class=\"scroll\"><table>\n<tr><th scope=\"col\">Line</th><th scope=\"col\">Child</th><th scope=\"col\">Element or column</th><th scope=\"col\">What stood there</th></tr>\n");
        for left in &self.report.not_understood {
            let _ = writeln!(
                page,
                "<tr><td>{}</td><td>{}</td><td>{}</td><td>{}</td></tr>",
                left.line,
                Safe(left.child.as_deref().unwrap_or("")),
                Safe(&left.element),
                Safe(&left.value)
            );
        }
        page.push_str("</table></div>\n");
    }

    fn rules(&self, page: &mut String) {
        page.push_str("<h2>Every rule of the year</h2>\n<div class=\"scroll\"><table>\n<tr><th scope=\"col\">Code</th><th scope=\"col\">What it finds</th><th scope=\"col\">Answer</th></tr>\n");
        for rule in &self.report.rules {
            let places = match rule.state {
                State::Found if !rule.return_level => format!(" ({})", rule.locations.len()),
                State::Found | State::Passed | State::NotJudged => String::new(),
            };
            let reason = rule.reason.as_deref().map(|reason| format!(": {reason}")).unwrap_or_default();
            let _ = writeln!(
                page,
                "<tr><td>{}</td><td>{}</td><td>{}{places}{}</td></tr>",
                Safe(&rule.code),
                Safe(&rule.words.says),
                state_in_words(rule.state),
                Safe(&reason)
            );
        }
        page.push_str("</table></div>\n");
    }
}
