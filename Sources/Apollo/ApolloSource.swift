import RevOps
import VendorAPI

/// Apollo as a source of facts.
///
/// Person and organization are asked for at the same time. An answer counts only if it is about whom we asked: a person
/// with another e-mail address is somebody else, and an organization with another domain another company, also where it
/// is the person's present employer. The person stays then, since the address names them.
public enum ApolloSource {
  public static func make(client: ApolloClient) -> EnrichmentSource {
    EnrichmentSource(source: .apollo) { email, domain throws(ServiceError) in
      do throws(VendorError) {
        async let personSide = attempt { () async throws(VendorError) in try await client.person(email: email) }
        async let organizationSide = organization(domain, client)
        let person = await personSide
        // A refusal that concerns both is given at once: the other call may be waiting for the limit to pass.
        if case .failure(let error) = person, error.status != 403 { throw error }
        let answers = try settle(person, await organizationSide)
        return enrichment(person: answers.person, organization: answers.organization, email: email, domain: domain)
      } catch { throw ServiceError(error) }
    }
  }

  private static func organization(
    _ domain: String?, _ client: ApolloClient
  ) async -> Result<JSONValue?, VendorError> {
    guard let domain else { return .success(nil) }
    return await attempt { () async throws(VendorError) in try await client.organization(domain: domain) }
  }

  /// Both must have answered, so that a passing fault is not taken for "unknown" and remembered. A plan that lacks one
  /// of the two calls (403) still gives what the other says.
  private static func settle(
    _ person: Result<JSONValue?, VendorError>, _ organization: Result<JSONValue?, VendorError>
  ) throws(VendorError) -> (person: JSONValue?, organization: JSONValue?) {
    switch (person, organization) {
    case (.failure(let error), .success(let found?)) where error.status == 403: (nil, found)
    case (.success(let found?), .failure(let error)) where error.status == 403: (found, nil)
    default: (try person.get(), try organization.get())
    }
  }

  private static func enrichment(
    person: JSONValue?, organization: JSONValue?, email: String, domain: String?
  ) -> Enrichment? {
    let person = person.flatMap { ApolloPerson.isAbout(email, $0) ? $0 : nil }
    let candidates = [organization, person?["organization"]?.nonNull].compactMap { $0 }
    let company = candidates.first { ApolloOrganization.isAbout(domain, $0) }
    return Enrichment(
      company: company.map(ApolloOrganization.company), person: person.map(ApolloPerson.person), from: .apollo)
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
