//! Whether days fall into spans of time, for thousands of them at once.
//!
//! Comparing each with each would take hours on a file in which every child lost its id, so large sets are sorted
//! and swept once.

/// A day that may fall into a span.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Point {
    pub(crate) day: i32,
    /// Points and spans of one class are never compared.
    pub(crate) class: u64,
    pub(crate) row: u32,
}

/// A span of days, both ends included.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Span {
    pub(crate) from: i32,
    pub(crate) to: i32,
    pub(crate) class: u64,
    pub(crate) row: u32,
}

/// Below this many comparisons, each is simply compared with each.
const FEW: usize = 1_024;

/// Tells each point that lies in a span of another class, and each span that holds a point of another class, once.
pub(crate) fn overlaps(
    points: &mut [Point],
    spans: &mut [Span],
    mut point_hit: impl FnMut(u32),
    mut span_hit: impl FnMut(u32),
) {
    if points.len() * spans.len() <= FEW {
        let meets = |p: &Point, s: &Span| p.class != s.class && s.from <= p.day && p.day <= s.to;
        points.iter().filter(|p| spans.iter().any(|s| meets(p, s))).for_each(|p| point_hit(p.row));
        spans.iter().filter(|s| points.iter().any(|p| meets(p, s))).for_each(|s| span_hit(s.row));
        return;
    }
    points.sort_unstable_by_key(|p| (p.day, p.class));
    spans.sort_unstable_by_key(|s| s.from);
    sweep_points(points, spans, &mut point_hit);
    sweep_spans(points, spans, &mut span_hit);
}

/// For each point in order of days: of the spans begun by then, the latest end of another class decides.
fn sweep_points(points: &[Point], spans: &[Span], hit: &mut impl FnMut(u32)) {
    let mut begun = 0;
    // the latest end, and the latest end of any other class than that one's
    let mut best: Option<(i32, u64)> = None;
    let mut second: Option<(i32, u64)> = None;
    for point in points {
        while let Some(span) = spans.get(begun).filter(|span| span.from <= point.day) {
            begun += 1;
            let this = Some((span.to, span.class));
            match best {
                Some((end, class)) if class == span.class => best = Some((end.max(span.to), class)),
                Some((end, _)) if span.to <= end => second = second.max(this),
                _ => (second, best) = (best, this),
            }
        }
        let end = match best {
            Some((_, class)) if class == point.class => second,
            other => other,
        };
        if end.is_some_and(|(end, _)| end >= point.day) {
            hit(point.row);
        }
    }
}

/// For each span: the first point from its beginning on, or the first of another class than that one's, decides.
fn sweep_spans(points: &[Point], spans: &[Span], hit: &mut impl FnMut(u32)) {
    let mut next_other = vec![points.len(); points.len()];
    for n in (0..points.len().saturating_sub(1)).rev() {
        next_other[n] = if points[n].class == points[n + 1].class { next_other[n + 1] } else { n + 1 };
    }
    for span in spans {
        let mut at = points.partition_point(|point| point.day < span.from);
        if points.get(at).is_some_and(|point| point.class == span.class) {
            at = next_other[at];
        }
        if points.get(at).is_some_and(|point| point.day <= span.to) {
            hit(span.row);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn hits(points: &[(i32, u64)], spans: &[(i32, i32, u64)], swept: bool) -> (Vec<u32>, Vec<u32>) {
        let number = |n: usize| u32::try_from(n).unwrap();
        let mut points: Vec<_> = points
            .iter()
            .enumerate()
            .map(|(n, &(day, class))| Point { day, class, row: number(n) })
            .collect();
        let mut spans: Vec<_> = spans
            .iter()
            .enumerate()
            .map(|(n, &(from, to, class))| Span { from, to, class, row: number(n) })
            .collect();
        let (mut a, mut b) = (Vec::new(), Vec::new());
        if swept {
            points.sort_unstable_by_key(|p| (p.day, p.class));
            spans.sort_unstable_by_key(|s| s.from);
            sweep_points(&points, &spans, &mut |row| a.push(row));
            sweep_spans(&points, &spans, &mut |row| b.push(row));
        } else {
            assert!(points.len() * spans.len() <= FEW);
            overlaps(&mut points, &mut spans, |row| a.push(row), |row| b.push(row));
        }
        a.sort_unstable();
        b.sort_unstable();
        (a, b)
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(4_000))]
        #[test]
        fn sweeping_finds_what_comparing_each_with_each_finds(
            points in prop::collection::vec((0..12_i32, 0..4_u64), 0..16),
            spans in prop::collection::vec((0..12_i32, -1..14_i32, 0..4_u64), 0..16),
        ) {
            prop_assert_eq!(hits(&points, &spans, true), hits(&points, &spans, false));
        }
    }
}
