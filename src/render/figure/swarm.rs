//! Where the dots of a strip stand: side by side where there is room, else above and below
//! each other, so that none hides another.
//!
//! Across, a dot stands at a part of the width; up and down in parts of the letter size.
//! Dots that are apart where the strip is narrow are apart on any wider one.

/// The narrowest strip for which dots are kept apart, in thousandths of the letter size.
const NARROWEST: i128 = 16_000;

/// What a strip is at most high, in thousandths of the letter size; beyond it dots overlap.
const HIGHEST: i128 = 7_000;

/// What a strip is at least high, in thousandths of the letter size.
const LOWEST: i128 = 2_000;

/// The dots of a strip; all lengths are in thousandths of the letter size.
#[derive(Debug, PartialEq, Eq)]
pub struct Swarm {
    pub radius: i128,
    pub height: i128,
    /// How far each dot stands below the middle, in the order of the places.
    pub offsets: Vec<i128>,
}

/// How wide what is marked is, in thousandths of the letter size.
const MARK_WIDTH: i128 = 1_125;

/// Puts dots at places across, which are in hundredths of a percent; a marked one stands on
/// the line, and the others make room for it.
pub fn swarm(places: &[i128], marked: &[bool]) -> Swarm {
    let radius = radius(places.len());
    let width = 2 * radius;
    let lanes = lanes(places, marked, width);
    let sides = lanes.iter().map(|it| it.abs()).max().unwrap_or(0);
    // Lanes are as far apart as dots are wide, unless there are too many of them.
    let pitch = (HIGHEST / (2 * sides + 1)).min(width);
    Swarm {
        radius,
        height: (2 * sides * pitch + 2 * width).max(LOWEST),
        offsets: lanes.iter().map(|lane| lane * pitch).collect(),
    }
}

/// The more dots there are, the smaller they are.
fn radius(dots: usize) -> i128 {
    match dots {
        0..=25 => 375,
        26..=100 => 250,
        _ => 160,
    }
}

/// Gives each dot the lane nearest to the middle in which it touches none; dots at the same
/// place keep their order. The middle lane is kept free for what is marked.
fn lanes(places: &[i128], marked: &[bool], width: i128) -> Vec<i128> {
    let middle = |dot: usize| places[dot] * NARROWEST / 10_000;
    let marks: Vec<usize> = (0..places.len()).filter(|&it| marked[it]).collect();
    // A mark is higher than a small dot is wide: it takes several lanes.
    let taken = if width < MARK_WIDTH / 2 { 3 } else { 1 };
    let is_beside_mark =
        |dot: usize| marks.iter().any(|&it| 2 * (middle(dot) - middle(it)).abs() < width + MARK_WIDTH);
    let mut order: Vec<usize> = (0..places.len()).filter(|&it| !marked[it]).collect();
    order.sort_by_key(|&dot| places[dot]);
    let mut lanes = vec![0; places.len()];
    // The end of the last dot of each lane, from the middle outwards.
    let mut ends: Vec<i128> = Vec::new();
    for dot in order {
        let first = if is_beside_mark(dot) { taken } else { 0 };
        ends.resize(ends.len().max(first), i128::MIN);
        let free = ends.iter().skip(first).position(|end| *end <= middle(dot));
        let free = free.map_or(ends.len(), |it| it + first);
        ends.resize(ends.len().max(free + 1), i128::MIN);
        ends[free] = middle(dot) + width;
        lanes[dot] = lane(free);
    }
    lanes
}

/// Counts lanes from the middle outwards: 0, −1, 1, −2, 2, ….
fn lane(at: usize) -> i128 {
    let steps = at.div_ceil(2) as i128;
    if at % 2 == 1 { -steps } else { steps }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(places: &[i128], offsets: &[i128], height: i128) {
        let found = swarm(places, &vec![false; places.len()]);
        assert_eq!((found.offsets.as_slice(), found.height), (offsets, height));
    }

    #[test]
    fn dots_with_room_stand_on_the_line() {
        check(&[], &[], 2_000);
        check(&[10_000, 0, 5_000], &[0, 0, 0], 2_000);
    }

    #[test]
    fn dots_without_room_stand_above_and_below() {
        check(&[5_000, 5_000, 5_000, 5_400, 6_000], &[0, -750, 750, -1_500, 0], 4_500);
    }

    #[test]
    fn the_order_of_the_places_is_kept() {
        check(&[9_000, 100, 100], &[0, 0, -750], 3_000);
    }

    #[test]
    fn no_two_dots_touch_until_there_are_too_many() {
        // Spread without order over the whole width.
        let places: Vec<i128> = (0..400).map(|it| it * 7_919 % 10_007 * 10_000 / 10_007).collect();
        let found = swarm(&places, &[false; 400]);
        for (a, first) in places.iter().enumerate() {
            for (b, second) in places.iter().enumerate().skip(a + 1) {
                let across = (first - second).abs() * NARROWEST / 10_000;
                let down = (found.offsets[a] - found.offsets[b]).abs();
                // Rounding may take one unit.
                assert!(across + 1 >= 2 * found.radius || down >= 2 * found.radius, "{a} and {b} touch");
            }
        }
        assert!(found.height <= HIGHEST);
    }

    #[test]
    fn a_tower_is_pressed_together() {
        assert!(swarm(&[0; 400], &[false; 400]).height <= HIGHEST + 4 * 160);
    }

    #[test]
    fn others_make_room_for_a_mark() {
        let found = swarm(&[5_000, 5_500, 5_000], &[false, false, true]);
        assert_eq!(found.offsets, [-750, -750, 0]);
    }
}
