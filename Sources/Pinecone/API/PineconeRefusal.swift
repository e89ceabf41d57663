import Foundation
import RevOps
import VendorAPI

/// Pinecone's error answers: `{"status", "error": {"code", "message"}}` of the control plane,
/// `{"code", "message", "details"}` with a gRPC number of the data plane, plain text of what stands before them.
enum PineconeRefusal {
  static func error(_ response: VendorResponse, _ operation: String, _ now: Date) -> VendorError {
    VendorError(
      vendor: PineconeClient.vendor, operation: operation, status: response.status, code: code(response),
      requestID: response.header("x-pinecone-request-id"), detail: detail(response.status),
      retry: retry(response, now))
  }

  private static func retry(_ response: VendorResponse, _ now: Date) -> VendorError.Retry {
    let asked = RetryAfter.wait(in: response, now: now)
    return switch response.status {
    case 200..<300, 408: .now
    // Limits are by the second.
    case 429: .later(asked ?? .seconds(2))
    case 500...: asked.map { .later($0) } ?? .now
    default: .never
    }
  }

  /// `RESOURCE_EXHAUSTED`, or a number of gRPC by its name; nothing else is repeated.
  private static func code(_ response: VendorResponse) -> String? {
    // An answer that is no JSON has no code.
    let body = try? VendorJSON.decode(JSONValue.self, from: response.body)
    if let number = body?["code"]?.int, names.indices.contains(number) { return names[number] }
    guard let code = body?["error"]?["code"]?.string, code.utf8.count <= 40, !code.isEmpty,
      code.utf8.allSatisfy({ (0x41...0x5A).contains($0) || $0 == 0x5F })
    else { return nil }
    return code
  }

  /// gRPC's status codes by their numbers.
  private static let names = [
    "OK", "CANCELLED", "UNKNOWN", "INVALID_ARGUMENT", "DEADLINE_EXCEEDED", "NOT_FOUND", "ALREADY_EXISTS",
    "PERMISSION_DENIED", "RESOURCE_EXHAUSTED", "FAILED_PRECONDITION", "ABORTED", "OUT_OF_RANGE", "UNIMPLEMENTED",
    "INTERNAL", "UNAVAILABLE", "DATA_LOSS", "UNAUTHENTICATED",
  ]

  private static func detail(_ status: Int) -> String {
    switch status {
    case 200..<300: "Pinecone's answer could not be read"
    case 400: "Pinecone does not accept the request"
    case 401: "Pinecone does not accept the API key"
    case 402: "Pinecone's account needs a payment"
    case 403: "Pinecone does not allow this, or its quota is used up"
    case 404: "Pinecone does not know the index"
    case 429: "Pinecone's limit is reached"
    default: "Pinecone answered with status \(status)"
    }
  }
}
