import RevOps

/// The kinds of body that a lead may come in.
enum ContentType: Equatable {
  case json
  case form
  case multipart(boundary: String)

  /// Reads `Content-Type`; anything but UTF-8, and anything compressed, is refused.
  static func of(_ request: IncomingRequest) throws(Problem) -> ContentType {
    let encoding = request.values("content-encoding")
    guard encoding.isEmpty || encoding == ["identity"] else {
      throw .unsupported("unsupported_encoding", "Send the body without Content-Encoding")
    }
    guard let header = request.only("content-type") else {
      throw .unsupported("unsupported_media_type", "Send exactly one Content-Type")
    }
    try checkCharset(header)
    switch essence(header) {
    case "application/json": return .json
    case "application/x-www-form-urlencoded": return .form
    case "multipart/form-data":
      guard let boundary = MultipartBody.boundary(contentType: header) else {
        throw .malformed("invalid_multipart", detail: "The Content-Type has no usable boundary")
      }
      return .multipart(boundary: boundary)
    default:
      throw .unsupported(
        "unsupported_media_type",
        "Send application/json, application/x-www-form-urlencoded or multipart/form-data")
    }
  }

  static func essence(_ header: String) -> String {
    header.prefix { $0 != ";" }.trimmingBlanks().lowercased()
  }

  private static func checkCharset(_ header: String) throws(Problem) {
    for parameter in header.split(separator: ";").dropFirst() {
      let parts = parameter.split(separator: "=", maxSplits: 1).map { $0.trimmingBlanks().lowercased() }
      guard parts.count == 2, parts[0] == "charset" else { continue }
      guard ["utf-8", "utf8", "\"utf-8\"", "\"utf8\""].contains(parts[1]) else {
        throw .unsupported("unsupported_charset", "Send UTF-8")
      }
    }
  }
}

extension StringProtocol {
  /// Without blanks and tabs at either end.
  func trimmingBlanks() -> String {
    let isBlank: (Character) -> Bool = { $0 == " " || $0 == "\t" }
    let start = drop(while: isBlank)
    return String(start.reversed().drop(while: isBlank).reversed())
  }
}
