import Foundation
import RevOps

/// A lead to try, as a file holds it: a bare payload, or an object with `lead`, `enrichment` and `crm`.
public struct DryRunRequest: Sendable {
  public var payload: LeadPayload
  public var enrichment: Enrichment?
  /// Not checked where the file says nothing of the account.
  public var crm: CRMFacts
  public var at: Date

  public enum Failure: Error, CustomStringConvertible {
    case notJSON(JSONError)
    case notALead(PayloadError)
    case notAsDocumented(String)
    case noTime(String)

    public var description: String {
      switch self {
      case .notJSON(let error): "not JSON: \(error.code.rawValue) at byte \(error.offset)"
      case .notALead(let error): error.issues.map { "\($0.pointer): \($0.message)" }.joined(separator: "\n")
      case .notAsDocumented(let name): "`\(name)` is not of the documented form"
      case .noTime(let text): "`\(text)` is no RFC 3339 time, such as 2026-03-02T15:04:00Z"
      }
    }
  }

  /// - Parameter at: RFC 3339; else the file's `at`; else now.
  public init(json text: String, at: String?, now: Date = Date()) throws(Failure) {
    let json: JSONValue
    do { json = try JSONValue.parse(Array(text.utf8)) } catch { throw .notJSON(error) }
    let isCase = json["lead"]?.object != nil
    do { payload = try LeadPayload.read(isCase ? json["lead"] ?? json : json) } catch { throw .notALead(error) }
    enrichment = try isCase ? Self.decode(json["enrichment"], "enrichment") : nil
    crm = try isCase ? Self.decode(json["crm"], "crm") ?? .notChecked : .notChecked
    guard let time = at ?? (isCase ? json["at"]?.string : nil) else {
      self.at = now
      return
    }
    guard let date = Timestamp.date(rfc3339: time) else { throw .noTime(time) }
    self.at = date
  }

  static func decode<Value: Decodable>(_ json: JSONValue?, _ name: String) throws(Failure) -> Value? {
    guard let json, !json.isNull else { return nil }
    do {
      return try JSONDecoder().decode(Value.self, from: Data(json.canonical()))
    } catch {
      throw .notAsDocumented(name)
    }
  }
}
