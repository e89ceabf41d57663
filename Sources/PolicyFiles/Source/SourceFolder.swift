import Foundation

/// A folder of files that people write.
struct SourceFolder: Sendable {
  let path: String

  /// The first of these files that is there; another beside it is an error, and so is none unless it is optional.
  func read(
    _ names: [String], _ found: inout [Diagnostic], isOptional: Bool = false, advice: String
  ) -> SourceFile? {
    let present = names.filter { FileManager.default.fileExists(atPath: path(of: $0)) }
    guard let name = present.first else {
      if !isOptional { found.append(error(names[0], "the file is missing", advice)) }
      return nil
    }
    if let other = present.dropFirst().first {
      found.append(error(other, "there is `\(name)` too: which one counts?", "remove one of them"))
    }
    return contents(name, &found)
  }

  private func contents(_ name: String, _ found: inout [Diagnostic]) -> SourceFile? {
    guard let handle = FileHandle(forReadingAtPath: path(of: name)),
      let data = try? handle.read(upToCount: SourceFile.maximumSize + 1)
    else {
      // An empty file reads as nothing at all.
      if isEmpty(name) { return SourceFile(name: path(of: name), text: "") }
      found.append(error(name, "the file cannot be read", "look at its permissions"))
      return nil
    }
    guard data.count <= SourceFile.maximumSize else {
      found.append(error(name, "the file is larger than 4 MiB", nil))
      return nil
    }
    guard let text = String(validating: data, as: UTF8.self) else {
      found.append(error(name, "the file is not in UTF-8", "save it as UTF-8"))
      return nil
    }
    return SourceFile(name: path(of: name), text: text)
  }

  private func isEmpty(_ name: String) -> Bool {
    let size = try? FileManager.default.attributesOfItem(atPath: path(of: name))[.size] as? Int
    return size == 0
  }

  private func path(of name: String) -> String { path.hasSuffix("/") ? path + name : path + "/" + name }

  private func error(_ name: String, _ message: String, _ suggestion: String?) -> Diagnostic {
    Diagnostic(.error, file: path(of: name), line: 1, column: 1, message: message, suggestion: suggestion)
  }
}
