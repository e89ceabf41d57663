import RevOps
import VendorAPI

/// OpenAI behind its ports.
public enum OpenAIService {
  static let vendor = "openai"
}
