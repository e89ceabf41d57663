import RevOps
import VendorAPI

/// Clearbit as a source of facts.
///
/// One call gives person and company of an address. Where the lead's domain is not the address's (free mail and a
/// website), the company is asked for by the domain, at the same time. An answer counts only if it is about whom we
/// asked: a person with another address, or a company whose domain and aliases are all different, is refused.
public enum ClearbitSource {
  public static func make(client: ClearbitClient) -> EnrichmentSource {
    EnrichmentSource(source: .clearbit) { email, domain throws(ServiceError) in
      do throws(VendorError) {
        async let combinedSide = attempt { () async throws(VendorError) in try await client.combined(email: email) }
        async let companySide = company(besides: email, domain, client)
        let combined = try await combinedSide.get()
        let company = try await companySide.get()
        return enrichment(combined, company, email: email, domain: domain)
      } catch { throw ServiceError(error) }
    }
  }

  private static func company(
    besides email: String, _ domain: String?, _ client: ClearbitClient
  ) async -> Result<JSONValue?, VendorError> {
    let host = email.split(separator: "@").last.map(String.init) ?? ""
    guard let domain, Domain.registrable(host) != domain else { return .success(nil) }
    return await attempt { () async throws(VendorError) in try await client.company(domain: domain) }
  }

  private static func enrichment(
    _ combined: JSONValue?, _ company: JSONValue?, email: String, domain: String?
  ) -> Enrichment? {
    let person = combined?["person"]?.nonNull.flatMap { ClearbitPerson.isAbout(email, $0) ? $0 : nil }
    let candidates = [company, combined?["company"]?.nonNull].compactMap { $0 }
    let company = candidates.first { ClearbitCompany.isAbout(domain, $0) }
    return Enrichment(
      company: company.map { ClearbitCompany.company($0, domain: domain) }, person: person.map(ClearbitPerson.person),
      from: .clearbit)
  }
}

private func attempt<Value: Sendable>(
  _ body: @Sendable () async throws(VendorError) -> Value
) async -> Result<Value, VendorError> {
  do { return .success(try await body()) } catch { return .failure(error) }
}

extension ServiceError {
  /// The port's error: the same answer to "again, later, never?", in the port's words.
  init(_ error: VendorError) {
    let retry: Retry =
      switch error.retry {
      case .now: .now
      case .later(let wait): .later(wait)
      case .never: .never
      }
    self.init(
      service: error.vendor, code: error.code ?? error.status.map(String.init),
      detail: "\(error.operation): \(error.detail)", retry: retry, outcomeUnknown: error.outcomeUnknown)
  }
}
