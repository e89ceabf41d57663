import RevOps

/// A lead's body, decoded by its content type.
enum LeadBody {
  static func decode(_ bytes: [UInt8], as type: ContentType, limits: IngressLimits) throws(Problem) -> JSONValue {
    switch type {
    case .json: try json(bytes, limits)
    case .form: try form { () throws(FormBodyError) in try FormBody.decode(bytes, maxFields: limits.leadKeys) }
    case .multipart(let boundary):
      try form { () throws(FormBodyError) in
        try MultipartBody.decode(bytes, boundary: boundary, maxFields: limits.leadKeys)
      }
    }
  }

  private static func json(_ bytes: [UInt8], _ limits: IngressLimits) throws(Problem) -> JSONValue {
    do throws(JSONError) {
      return try JSONValue.parse(bytes, limits: JSONLimits(depth: limits.depth, keys: limits.leadKeys))
    } catch {
      throw .malformed("invalid_json", detail: "\(error.code.rawValue) at byte \(error.offset)")
    }
  }

  private static func form(_ decode: () throws(FormBodyError) -> JSONValue) throws(Problem) -> JSONValue {
    do throws(FormBodyError) {
      return try decode()
    } catch {
      throw .malformed("invalid_form", detail: error.code.rawValue)
    }
  }

  /// The fields as the contract reads them, or every field that is wrong.
  static func payload(_ body: JSONValue) throws(Problem) -> LeadPayload {
    do throws(PayloadError) {
      return try LeadPayload.read(body)
    } catch {
      throw Problem(
        422, "invalid_fields", "Some fields cannot be used",
        fields: error.issues.map { .init(pointer: $0.pointer, code: $0.code, message: $0.message) })
    }
  }
}
