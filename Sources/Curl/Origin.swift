import CCurl

/// Scheme, host and port of an address: what a connection is made to, and what connections are counted by.
struct Origin: Hashable, Sendable {
  var scheme: String
  var host: String
  var port: String

  /// Nil unless the text is an absolute http or https address with a host, in printable ASCII, without user or
  /// password. libcurl's own parser is asked, so that what is checked here is what is connected to later.
  init?(url: String) {
    guard url.utf8.allSatisfy({ (0x21...0x7e).contains($0) }), let address = curl_url() else { return nil }
    defer { curl_url_cleanup(address) }
    guard curl_url_set(address, CURLUPART_URL, url, UInt32(CURLU_DISALLOW_USER)) == CURLUE_OK,
      let scheme = Self.part(CURLUPART_SCHEME, of: address), ["http", "https"].contains(scheme),
      let host = Self.part(CURLUPART_HOST, of: address), !host.isEmpty,
      let port = Self.part(CURLUPART_PORT, of: address)
    else { return nil }
    self.scheme = scheme
    self.host = host.lowercased()
    self.port = port
  }

  /// Whether this is the machine itself, which no proxy can reach for us.
  var isLoopback: Bool {
    host == "localhost" || host.hasSuffix(".localhost") || host == "[::1]" || Self.isLoopbackV4(host)
  }

  /// 127.0.0.0/8 (RFC 1122 §3.2.1.3), written as four numbers: a name may begin with "127." too.
  private static func isLoopbackV4(_ host: String) -> Bool {
    let parts = host.split(separator: ".", omittingEmptySubsequences: false)
    return parts.count == 4 && parts[0] == "127" && parts.allSatisfy { UInt8($0) != nil }
  }

  private static func part(_ part: CURLUPart, of address: OpaquePointer) -> String? {
    var text: UnsafeMutablePointer<CChar>?
    guard curl_url_get(address, part, &text, UInt32(CURLU_DEFAULT_PORT)) == CURLUE_OK, let text else { return nil }
    defer { curl_free(text) }
    return String(cString: text)
  }
}
