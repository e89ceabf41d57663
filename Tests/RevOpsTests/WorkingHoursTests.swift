import Foundation
import RevOps
import Testing

@Suite struct `Working hours` {
  let berlin = WorkingHours.office("Europe/Berlin", holidays: ["2026-12-25"])

  @Test func `the first instant of a shift is inside, the last is not`() throws {
    #expect(!berlin.isOpen(at: try instant("2026-11-23T08:59:59+01:00")))
    #expect(berlin.isOpen(at: try instant("2026-11-23T09:00:00+01:00")))
    #expect(berlin.isOpen(at: try instant("2026-11-23T17:59:59+01:00")))
    #expect(!berlin.isOpen(at: try instant("2026-11-23T18:00:00+01:00")))
  }

  @Test func `an opening is now inside hours, else the next shift's start`() throws {
    let inside = try instant("2026-11-23T10:30:00+01:00")
    #expect(berlin.nextOpening(after: inside) == inside)
    #expect(try berlin.nextOpening(after: instant("2026-11-23T18:00:00+01:00")) == instant("2026-11-24T09:00:00+01:00"))
    let friday = try instant("2026-11-27T20:00:00+01:00")
    #expect(try berlin.nextOpening(after: friday) == instant("2026-11-30T09:00:00+01:00"))
  }

  @Test func `a closing is now outside hours, else the end of the shift`() throws {
    let outside = try instant("2026-11-22T10:30:00+01:00")
    #expect(berlin.nextClosing(after: outside) == outside)
    #expect(try berlin.nextClosing(after: instant("2026-11-23T09:00:00+01:00")) == instant("2026-11-23T18:00:00+01:00"))
  }

  @Test func `a holiday has no shift`() throws {
    let christmas = try instant("2026-12-25T11:00:00+01:00")
    #expect(!berlin.isOpen(at: christmas))
    #expect(try berlin.nextOpening(after: christmas) == instant("2026-12-28T09:00:00+01:00"))
  }

  @Test(arguments: [
    ("2026-11-23T09:00:00+01:00", "2026-11-23T18:00:00+01:00", 9.0),
    ("2026-11-23T07:00:00+01:00", "2026-11-23T10:00:00+01:00", 1),
    ("2026-11-27T17:00:00+01:00", "2026-11-30T10:00:00+01:00", 2),
    ("2026-12-24T17:00:00+01:00", "2026-12-28T10:00:00+01:00", 2),
    ("2026-11-28T00:00:00+01:00", "2026-11-29T00:00:00+01:00", 0),
    ("2026-11-24T10:00:00+01:00", "2026-11-23T10:00:00+01:00", 0),
    // A year of 261 weekdays without the holiday, each nine hours long.
    ("2026-01-01T00:00:00+01:00", "2027-01-01T00:00:00+01:00", 2_340),
  ])
  func `working time leaves out nights, weekends and holidays`(from: String, to: String, hours: Double) throws {
    #expect(try berlin.workingSeconds(from: instant(from), to: instant(to)) == hours * 3_600)
  }

  @Test(arguments: [
    ("2026-11-23T09:00:00+01:00", 4.0, "2026-11-23T13:00:00+01:00"),
    ("2026-11-23T09:00:00+01:00", 9, "2026-11-23T18:00:00+01:00"),
    ("2026-11-23T16:00:00+01:00", 4, "2026-11-24T11:00:00+01:00"),
    ("2026-11-27T22:00:00+01:00", 0.25, "2026-11-30T09:15:00+01:00"),
    ("2026-12-24T17:00:00+01:00", 10, "2026-12-28T18:00:00+01:00"),
  ])
  func `a deadline runs through working time only`(from: String, hours: Double, to: String) throws {
    #expect(try berlin.adding(workingSeconds: hours * 3_600, to: instant(from)) == instant(to))
  }

  @Test func `no working time is due at once, an endless one never`() throws {
    let sunday = try instant("2026-11-22T12:00:00+01:00")
    #expect(berlin.adding(workingSeconds: 0, to: sunday) == sunday)
    #expect(berlin.adding(workingSeconds: .infinity, to: sunday) == nil)
    #expect(berlin.adding(workingSeconds: .nan, to: sunday) == nil)
  }

  @Test func `around the clock never closes, and has no seams at midnight`() throws {
    let always = WorkingHours.office("Europe/Berlin", 0, 24, days: WorkingHours.Day.allCases)
    let now = try instant("2026-11-22T23:00:00+01:00")
    #expect(always.nextClosing(after: now) == nil)
    #expect(always.nextOpening(after: now) == now)
    #expect(always.workingSeconds(from: now, to: now + 86_400) == 86_400)
    let weekdays = WorkingHours.office("Europe/Berlin", 0, 24)
    let monday = try instant("2026-11-23T12:00:00+01:00")
    #expect(try weekdays.nextClosing(after: monday) == instant("2026-11-28T00:00:00+01:00"))
  }

  @Test(arguments: [
    WorkingHours.office("Europe/Berlin", days: []), .office("Europe/Berlin", 9, 9), .office("Europe/Atlantis"),
  ])
  func `hours without a shift are never open`(never: WorkingHours) throws {
    let now = try instant("2026-11-23T12:00:00Z")
    #expect(!never.isOpen(at: now))
    #expect(never.nextOpening(after: now) == nil)
    #expect(never.nextClosing(after: now) == now)
    #expect(never.workingSeconds(from: now, to: now + 1_000_000) == 0)
    #expect(never.adding(workingSeconds: 60, to: now) == nil)
  }

  @Test func `a shift more than 400 days away doesn't count`() throws {
    let monday = WorkingHours.office("UTC", days: [.mon], holidays: [])
    let now = try instant("2026-11-24T12:00:00Z")
    let holidays = (0..<58).map { week in
      (now + Double(6 + 7 * week) * 86_400).formatted(.iso8601.year().month().day())
    }
    #expect(monday.nextOpening(after: now) != nil)
    #expect(WorkingHours.office("UTC", days: [.mon], holidays: holidays).nextOpening(after: now) == nil)
    #expect(WorkingHours.office("UTC", days: [.mon], holidays: holidays.dropLast(2)).nextOpening(after: now) != nil)
  }

  @Test func `dates beyond all calendars are answered`() {
    #expect(berlin.workingSeconds(from: Date(), to: .distantPast) == 0)
    for extreme in [Date.distantPast, .distantFuture, Date(timeIntervalSince1970: 1e300)] {
      _ = berlin.isOpen(at: extreme)
      _ = berlin.nextOpening(after: extreme)
      _ = berlin.nextClosing(after: extreme)
    }
  }
}

@Suite struct `Shifts over midnight` {
  let night = WorkingHours.office("America/New_York", 22, 6, holidays: ["2026-11-26"])

  @Test(arguments: [
    ("2026-11-23T05:00:00-05:00", false),  // Monday morning is Sunday's shift
    ("2026-11-23T22:00:00-05:00", true),
    ("2026-11-24T05:59:59-05:00", true),
    ("2026-11-24T06:00:00-05:00", false),
    ("2026-11-28T03:00:00-05:00", true),  // Saturday morning is Friday's shift
    ("2026-11-28T23:00:00-05:00", false),
    ("2026-11-26T03:00:00-05:00", true),  // the holiday's morning is Wednesday's shift
    ("2026-11-26T23:00:00-05:00", false),
    ("2026-11-27T03:00:00-05:00", false),  // and the morning after is the holiday's
  ])
  func `belong to the day they start on`(at: String, open: Bool) throws {
    #expect(try night.isOpen(at: instant(at)) == open)
  }

  @Test func `are one piece of working time`() throws {
    let evening = try instant("2026-11-23T23:00:00-05:00")
    #expect(try night.nextClosing(after: evening) == instant("2026-11-24T06:00:00-05:00"))
    #expect(try night.adding(workingSeconds: 8 * 3_600, to: evening) == instant("2026-11-24T23:00:00-05:00"))
  }
}

@Suite struct `Working hours and the change of the clock` {
  static let all = WorkingHours.Day.allCases

  @Test(arguments: [
    ("Europe/Berlin", 0, 6, "2026-03-29T00:00:00+01:00", 5.0),
    ("Europe/Berlin", 0, 6, "2026-10-25T00:00:00+02:00", 7),
    ("America/New_York", 0, 6, "2026-03-08T00:00:00-05:00", 5),
    ("America/New_York", 0, 6, "2026-11-01T00:00:00-04:00", 7),
    ("Australia/Sydney", 0, 6, "2026-10-04T00:00:00+10:00", 5),
    ("Australia/Sydney", 0, 6, "2026-04-05T00:00:00+11:00", 7),
    // Half an hour's change, in a zone half an hour off.
    ("Australia/Lord_Howe", 0, 6, "2026-10-04T00:00:00+10:30", 5.5),
    ("Australia/Lord_Howe", 0, 6, "2026-04-05T00:00:00+11:00", 6.5),
    ("Asia/Kolkata", 0, 6, "2026-03-29T00:00:00+05:30", 6),
    ("Asia/Kathmandu", 9, 18, "2026-03-29T09:00:00+05:45", 9),
    // The night shift that spans it.
    ("Europe/Berlin", 22, 6, "2026-03-28T22:00:00+01:00", 7),
    ("America/New_York", 22, 6, "2026-10-31T22:00:00-04:00", 9),
    // `from` or `to` in the hour that is skipped: the moment of the change.
    ("Europe/Berlin", 2, 6, "2026-03-29T03:00:00+02:00", 3),
    ("Europe/Berlin", 0, 2, "2026-03-29T00:00:00+01:00", 2),
    // In the hour that comes twice: the first.
    ("Europe/Berlin", 2, 6, "2026-10-25T02:00:00+02:00", 5),
    ("America/New_York", 0, 1, "2026-11-01T00:00:00-04:00", 1),
    // Midnight itself is skipped: the day begins at one.
    ("Africa/Cairo", 0, 6, "2026-04-24T01:00:00+03:00", 5),
  ])
  func `a shift is as long as really passes`(
    zone: String, from: Int, to: Int, opens: String, length: Double
  ) throws {
    let hours = WorkingHours.office(zone, from, to, days: Self.all)
    let opening = try instant(opens)
    let closing = opening + length * 3_600
    #expect(!hours.isOpen(at: opening - 1))
    #expect(hours.nextOpening(after: opening - 60) == opening)
    #expect(hours.nextClosing(after: opening) == closing)
    #expect(hours.workingSeconds(from: opening - 3_600, to: closing + 3_600) == length * 3_600)
    #expect(hours.adding(workingSeconds: length * 3_600, to: opening - 60) == closing)
  }

  @Test func `a minute inside the skipped hour opens at the change`() throws {
    let hours = WorkingHours(timezone: "Europe/Berlin", days: Self.all, from: 150, to: 360)
    let change = try instant("2026-03-29T03:00:00+02:00")
    #expect(hours.nextOpening(after: change - 7_200) == change)
    #expect(try hours.nextClosing(after: change) == instant("2026-03-29T06:00:00+02:00"))
  }

  @Test func `a shift that lies in the skipped hour doesn't take place`() throws {
    let hours = WorkingHours(timezone: "Europe/Berlin", days: Self.all, from: 135, to: 165)
    let evening = try instant("2026-03-28T20:00:00+01:00")
    #expect(try hours.nextOpening(after: evening) == instant("2026-03-30T02:15:00+02:00"))
  }

  @Test func `a day that the zone left out has no shift`() throws {
    let samoa = WorkingHours.office("Pacific/Apia", days: Self.all)
    let thursday = try instant("2011-12-29T18:00:00-10:00")
    #expect(try samoa.nextOpening(after: thursday) == instant("2011-12-31T09:00:00+14:00"))
  }

  @Test(arguments: [
    "Europe/Berlin", "America/New_York", "Australia/Sydney", "Australia/Lord_Howe", "Asia/Kolkata", "America/St_Johns",
  ])
  func `agrees with Foundation's calendar through the year`(zone: String) throws {
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = try #require(TimeZone(identifier: zone))
    var random = SeededGenerator(seed: 11)
    let hours = WorkingHours.office(zone, 8, 17, days: [.tue, .wed, .sun])
    let clock = try #require(WorkingClock(hours))
    for _ in 0..<1_500 {
      let date = Date(timeIntervalSince1970: Double.random(in: 1_767_225_600..<1_830_297_600, using: &random))
      let parts = calendar.dateComponents([.weekday, .hour], from: date)
      let expected = [1, 3, 4].contains(parts.weekday ?? 0) && (8..<17).contains(parts.hour ?? 0)
      #expect(clock.isOpen(at: date) == expected, "\(date)")
    }
  }

  @Test(arguments: [
    WorkingHours.office("Europe/Berlin", 22, 6), .office("America/New_York", 0, 24),
    .office("Australia/Lord_Howe", 1, 9),
  ])
  func `working time, deadline and opening tell the same story`(hours: WorkingHours) throws {
    let clock = try #require(WorkingClock(hours))
    var random = SeededGenerator(seed: 5)
    for _ in 0..<150 {
      let start = Date(timeIntervalSince1970: Double(Int.random(in: 1_767_225_600..<1_798_761_600, using: &random)))
      let seconds = Double(Int.random(in: 1...400_000, using: &random))
      let due = try #require(clock.adding(workingSeconds: seconds, to: start))
      #expect(clock.workingSeconds(from: start, to: due) == seconds)
      #expect(clock.workingSeconds(from: start, to: due - 1) == seconds - 1)
      let opening = try #require(clock.nextOpening(after: start))
      #expect(clock.workingSeconds(from: start, to: opening) == 0)
      #expect(clock.isOpen(at: opening))
    }
  }
}
