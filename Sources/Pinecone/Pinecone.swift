import RevOps
import VendorAPI

/// Pinecone behind its ports.
public enum PineconeService {
  static let vendor = "pinecone"
}
