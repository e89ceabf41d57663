import RevOps
import VendorAPI
import VendorPorts

/// Pinecone as the memory of past accounts. A lead has one record, named by its id: a correction replaces it, and a
/// repeat changes nothing.
public enum PineconeIndex {
  public static func make(client: PineconeClient) -> MemoryIndex {
    MemoryIndex(
      shape: { () async throws(ServiceError) in
        do throws(VendorError) { return try await client.describe() } catch { throw ServiceError(error) }
      },
      put: { memory async throws(ServiceError) in
        do throws(VendorError) { try await client.upsert([MemoryRecord.record(memory)]) } catch {
          throw ServiceError(error)
        }
      },
      forget: { leads async throws(ServiceError) in
        do throws(VendorError) { try await client.delete(leads.map(MemoryRecord.id)) } catch {
          throw ServiceError(error)
        }
      },
      nearest: { vector, model, limit, excluding async throws(ServiceError) in
        var filter: [String: QueryBody.Condition] = [
          "model": .init(equals: .text(model)), "dimension": .init(equals: .whole(vector.count)),
        ]
        if let excluding { filter["account"] = .init(differs: .text(MemoryRecord.bounded(excluding))) }
        do throws(VendorError) {
          return try await client.query(vector, limit: limit, where: filter).compactMap { match in
            MemoryRecord.memory(match).map { ($0, match.score) }
          }
        } catch { throw ServiceError(error) }
      })
  }
}
