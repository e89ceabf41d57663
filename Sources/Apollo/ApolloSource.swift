import RevOps
import VendorAPI
import VendorPorts

/// Apollo as a source of facts. A match by address brings the person's organization with it; the organization is asked
/// for on its own only where that is not the lead's, or not enough. A person with another address is somebody else, and
/// nobody asked for their employer.
public enum ApolloSource {
  public static func make(client: ApolloClient) -> EnrichmentSource {
    EnrichmentSource(
      source: .apollo, lookUpsPerLead: 2,
      person: { email async throws(ServiceError) in
        do throws(VendorError) {
          guard let person = try await client.person(email: email), ApolloPerson.isAbout(email, person) else {
            return nil
          }
          return answer(person: person, organization: person["organization"]?.nonNull)
        } catch { throw ServiceError(error) }
      },
      company: { domain async throws(ServiceError) in
        do throws(VendorError) {
          return answer(person: nil, organization: try await client.organization(domain: domain))
        } catch {
          throw ServiceError(error)
        }
      })
  }

  private static func answer(person: JSONValue?, organization: JSONValue?) -> SourceAnswer? {
    SourceAnswer(
      person: person.map(ApolloPerson.person), company: organization.map(ApolloOrganization.company),
      domains: [organization.flatMap(ApolloOrganization.domain)].compactMap { $0 })
  }
}
