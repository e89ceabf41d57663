import Testing

@testable import VendorAPI

struct URLQueryTests {
  @Test func `all but unreserved characters are encoded, as UTF-8`() {
    #expect(URLQuery.encode("aZ09-._~") == "aZ09-._~")
    #expect(URLQuery.encode("a b&c=d+e/f?g#h%i") == "a%20b%26c%3Dd%2Be%2Ff%3Fg%23h%25i")
    #expect(URLQuery.encode("ü€\r\n\u{0}") == "%C3%BC%E2%82%AC%0D%0A%00")
  }

  @Test func `a query keeps order and repeated names and leaves out what is nil`() {
    var query = URLQuery([("b", "1"), ("a", "x y")])
    query.add("b", "2")
    query.add("none", nil)
    #expect(query.encoded == "b=1&a=x%20y&b=2")
  }

  @Test func `an address is put together with single slashes`() {
    #expect(URLQuery.url("https://api.example/v1/", ["a b", "c/d"]) == "https://api.example/v1/a%20b/c%2Fd")
    #expect(URLQuery.url("https://api.example", query: URLQuery([("q", "1")])) == "https://api.example?q=1")
    #expect(URLQuery.url("https://api.example/x?a=1", query: URLQuery([("q", "1")])) == "https://api.example/x?a=1&q=1")
  }

  @Test(arguments: ["..", ".", "../admin", "a/../b"])
  func `a segment cannot climb`(_ segment: String) {
    let url = URLQuery.url("https://api.example/people", [segment])
    #expect(!url.hasSuffix("/..") && !url.hasSuffix("/."))
    #expect(url.split(separator: "/").count == 4)
  }
}
