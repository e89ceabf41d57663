import Foundation
import Testing

@testable import VendorAPI

struct RetryAfterTests {
  /// 1994-11-06 08:49:37 UTC, the example of RFC 9110 §5.6.7.
  let now = Date(timeIntervalSince1970: 784_111_777)

  @Test(arguments: [
    ("30", 30), ("0", 1), ("1", 1), ("007", 7), ("3600", 3600), ("3601", 3600), ("99999999999999999999", 3600),
    ("Sun, 06 Nov 1994 08:50:37 GMT", 60), ("Sun, 06 Nov 1994 08:49:37 GMT", 1), ("Sat, 05 Nov 1994 08:49:37 GMT", 1),
    ("Fri, 31 Dec 9999 23:59:59 GMT", 3600),
  ])
  func `seconds and dates are read and bounded`(_ value: String, _ seconds: Int) {
    #expect(RetryAfter.wait(value, now: now) == .seconds(seconds))
  }

  @Test(arguments: [
    "", " 30", "30 ", "+30", "-1", "1.5", "1e3", "٣", "soon", "Sunday, 06-Nov-94 08:49:37 GMT",
    "Sun Nov  6 08:49:37 1994", "Sun, 06 Nov 1994 08:49:37 UTC", "Sun, 6 Nov 1994 08:49:37 GMT",
    "Sun, 06 Nov 1994 24:00:00 GMT", "Sun, 32 Nov 1994 08:00:00 GMT", "Sun, 06 nov 1994 08:49:37 GMT",
  ])
  func `anything else is nothing`(_ value: String) { #expect(RetryAfter.wait(value, now: now) == nil) }

  @Test func `the header is found whatever its case`() {
    let response = VendorResponse(status: 429, headers: [("retry-after", "5")])
    #expect(RetryAfter.wait(in: response, now: now) == .seconds(5))
    #expect(RetryAfter.wait(in: VendorResponse(status: 429), now: now) == nil)
  }

  @Test func `dates agree with the calendar over leap years`() throws {
    let calendar = Date.ISO8601FormatStyle()
    for (text, iso) in [
      ("Thu, 01 Jan 1970 00:00:00 GMT", "1970-01-01T00:00:00Z"),
      ("Thu, 29 Feb 2024 12:00:00 GMT", "2024-02-29T12:00:00Z"),
      ("Mon, 01 Mar 2100 00:00:00 GMT", "2100-03-01T00:00:00Z"),
      ("Tue, 31 Dec 2030 23:59:59 GMT", "2030-12-31T23:59:59Z"),
    ] { #expect(HTTPDate.parse(text) == (try calendar.parse(iso))) }
  }
}
