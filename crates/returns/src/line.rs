//! Which line of a CSV file a record stands on, as an editor counts lines.

/// The 1-based line of a record that the reader says begins at `at`: the reader leaves the line feed of a carriage
/// return, and empty lines, to be skipped with the record that follows.
pub(crate) fn of_record(file: &[u8], at: Option<&csv::Position>) -> u64 {
    let Some(at) = at else { return 0 };
    let rest = usize::try_from(at.byte()).ok().and_then(|byte| file.get(byte..)).unwrap_or_default();
    let skipped = rest.iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).filter(|byte| **byte == b'\n');
    at.line() + skipped.count() as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_counted_as_an_editor_does() {
        for (file, expected) in [
            ("a,b\n1,2\n\n3,4\n", [2, 4]),
            ("a,b\r\n1,2\r\n\r\n\r\n3,4\r\n", [2, 5]),
            ("a,b\r\n1,\"x\r\ny\"\r\n3,4", [2, 4]),
        ] {
            let mut reader = csv::Reader::from_reader(file.as_bytes());
            let lines: Vec<u64> = reader
                .records()
                .map(|record| of_record(file.as_bytes(), record.unwrap().position()))
                .collect();
            assert_eq!(lines, expected, "{file:?}");
        }
    }
}
