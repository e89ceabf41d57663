import Foundation

/// Vectors as little-endian 32-bit floats, end to end.
package enum StoredVector {
  package static func data(_ vector: [Float]) -> Data {
    vector.map(\.bitPattern.littleEndian).withUnsafeBytes { Data($0) }
  }

  package static func floats(_ data: Data) -> [Float] {
    data.withUnsafeBytes { bytes in
      (0..<bytes.count / stride).map { float(at: $0, in: bytes) }
    }
  }

  /// The scalar product, which for unit vectors is the cosine; nil when the stored one has another length.
  ///
  /// Eight lanes at a time with two sums, so that additions do not wait for one another: a search reads every vector.
  package static func product(_ data: Data, with vector: [Float]) -> Float? {
    guard data.count == vector.count * stride else { return nil }
    return data.withUnsafeBytes { stored in
      vector.withUnsafeBytes { given in
        var first = SIMD8<Float>.zero
        var second = SIMD8<Float>.zero
        let whole = vector.count / 16
        for block in 0..<whole {
          first += lanes(at: block * 64, in: stored) * given.loadUnaligned(fromByteOffset: block * 64, as: Lanes.self)
          second +=
            lanes(at: block * 64 + 32, in: stored)
            * given.loadUnaligned(fromByteOffset: block * 64 + 32, as: Lanes.self)
        }
        let rest = (whole * 16..<vector.count).reduce(Float.zero) { $0 + float(at: $1, in: stored) * vector[$1] }
        return (first + second).sum() + rest
      }
    }
  }

  private typealias Lanes = SIMD8<Float>
  private static let stride = MemoryLayout<UInt32>.size

  private static func float(at index: Int, in bytes: UnsafeRawBufferPointer) -> Float {
    let pattern = bytes.loadUnaligned(fromByteOffset: index * stride, as: UInt32.self)
    return Float(bitPattern: UInt32(littleEndian: pattern))
  }

  private static func lanes(at offset: Int, in bytes: UnsafeRawBufferPointer) -> Lanes {
    #if _endian(little)
      bytes.loadUnaligned(fromByteOffset: offset, as: Lanes.self)
    #else
      Lanes((0..<8).map { float(at: offset / stride + $0, in: bytes) })
    #endif
  }
}
