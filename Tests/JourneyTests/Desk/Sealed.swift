import Foundation
import Sandbox

/// Requests as Slack and a form send them, with everything that can be wrong with a signature.
struct Sealed: Sendable {
  enum Flaw: String, CaseIterable, Sendable {
    case none, wrongSecret, missing, garbage, old, future, otherBody, noNumber
  }

  /// Further off than the five minutes that both schemes allow.
  private static let tooFar = 400.0

  var headers: [(name: String, value: String)]
  var body: Data

  static func slack(_ body: Data, type: String, secret: String, flaw: Flaw = .none) -> Sealed {
    let timestamp = timestamp(flaw)
    let key = flaw == .wrongSecret ? "another-secret-of-slack" : secret
    let signed = flaw == .otherBody ? body + Data("x".utf8) : body
    var signature = Signatures.slack(secret: key, timestamp: timestamp, body: signed)
    if flaw == .garbage { signature = "v0=zz" }
    let seal = [("x-slack-request-timestamp", timestamp), ("x-slack-signature", signature)]
    return Sealed(headers: [("content-type", type)] + (flaw == .missing ? [] : seal), body: body)
  }

  static func form(_ body: Data, type: String, secret: String, flaw: Flaw = .none) -> Sealed {
    let id = "msg_" + String(UInt64.random(in: .min ... .max), radix: 36)
    let timestamp = timestamp(flaw)
    let key = flaw == .wrongSecret ? "whsec_" + Data("another secret of the form".utf8).base64EncodedString() : secret
    let signed = flaw == .otherBody ? body + Data("x".utf8) : body
    var signature = Signatures.standardWebhook(secret: key, id: id, timestamp: timestamp, body: signed) ?? ""
    if flaw == .garbage { signature = "v1,zz" }
    let seal = [("webhook-id", id), ("webhook-timestamp", timestamp), ("webhook-signature", signature)]
    return Sealed(headers: [("content-type", type)] + (flaw == .missing ? [] : seal), body: body)
  }

  private static func timestamp(_ flaw: Flaw) -> String {
    let now = Date().timeIntervalSince1970
    switch flaw {
    case .old: return String(Int(now - tooFar))
    case .future: return String(Int(now + tooFar))
    case .noNumber: return "1e9"
    default: return String(Int(now))
    }
  }
}
