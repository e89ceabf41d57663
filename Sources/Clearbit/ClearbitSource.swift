import RevOps
import VendorAPI
import VendorPorts

/// Clearbit as a source of facts. One call gives person and company of an address. A person with another address is
/// somebody else, and nobody asked for their employer.
public enum ClearbitSource {
  public static func make(client: ClearbitClient) -> EnrichmentSource {
    EnrichmentSource(
      source: .clearbit, lookUpsPerLead: 1,
      person: { email async throws(ServiceError) in
        do throws(VendorError) {
          guard let found = try await client.combined(email: email) else { return nil }
          return combined(found["person"]?.nonNull, found["company"]?.nonNull, email: email)
        } catch { throw ServiceError(error) }
      },
      company: { domain async throws(ServiceError) in
        do throws(VendorError) {
          let company = try await client.company(domain: domain)
          return SourceAnswer(
            company: company.map(ClearbitCompany.company), domains: company.map(ClearbitCompany.domains) ?? [])
        } catch { throw ServiceError(error) }
      })
  }

  /// The company is that of the address, which stays right where the person is not.
  private static func combined(_ person: JSONValue?, _ company: JSONValue?, email: String) -> SourceAnswer? {
    let person = person.flatMap { ClearbitPerson.isAbout(email, $0) ? $0 : nil }
    var domains = company.map(ClearbitCompany.domains) ?? []
    if company == nil, let employer = person?["employment"]?["domain"]?.string.flatMap({ Domain.registrable($0) }) {
      domains = [employer]
    }
    return SourceAnswer(
      person: person.map(ClearbitPerson.person), company: company.map(ClearbitCompany.company), domains: domains)
  }
}
