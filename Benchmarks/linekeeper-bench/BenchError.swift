import CBench

/// Why a measure could not be taken, in one sentence for a person.
struct BenchError: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }

    /// Runs a C function that explains its failure in the buffer it is given.
    static func explain<Value>(
        _ body: (UnsafeMutablePointer<CChar>) -> Value, isGood: (Value) -> Bool
    ) throws(BenchError) -> Value {
        var buffer = [CChar](repeating: 0, count: Int(CBENCH_ERROR_BYTES))
        let value = buffer.withUnsafeMutableBufferPointer { bytes in
            bytes.baseAddress.map(body)
        }
        if let value, isGood(value) { return value }
        let text = buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
        throw BenchError(String(decoding: text, as: UTF8.self))
    }
}
