import CLinekeeperProto
import CProtobufC

#if canImport(Glibc)
    import Glibc
#endif

/// The metadata of a request, response or hello: pairs of lower-case key and value.
///
/// Valid until the arena it was decoded into is reset.
@safe package struct FrameMetadata {
    private let entries: UnsafeBufferPointer<UnsafeMutablePointer<Linekeeper__Rpc__V1__Metadata>?>

    init(
        _ start: UnsafeMutablePointer<UnsafeMutablePointer<Linekeeper__Rpc__V1__Metadata>?>?,
        count: Int
    ) {
        entries = UnsafeBufferPointer(start: start, count: count)
    }

    package var isEmpty: Bool { entries.isEmpty }
    package var count: Int { entries.count }

    /// What one key is found to hold.
    package enum Value: Hashable, Sendable {
        case absent
        case text(String)
        /// The bytes are not UTF-8.
        case malformed
    }

    /// The first value of `key`; a repeated key does not replace what came before it.
    package func value(of key: StaticString) -> Value {
        guard let found = first(key) else { return .absent }
        guard let text = String(validatingCString: found) else { return .malformed }
        return .text(text)
    }

    /// Whether the first value of `key` is byte for byte `text`; `nil` when the key is absent.
    ///
    /// Tells without making a string whether a caller repeats what is known already.
    package func holds(_ text: String, for key: StaticString) -> Bool? {
        guard let found = first(key) else { return nil }
        return UnsafeRawBufferPointer(start: found, count: strlen(found)).elementsEqual(text.utf8)
    }

    /// Every pair in order, for tests and clients; faulty UTF-8 is repaired.
    package var pairs: [(key: String, value: String)] {
        entries.compactMap { entry in
            guard let entry = entry?.pointee else { return nil }
            return (String(cString: entry.key), String(cString: entry.value))
        }
    }

    private func first(_ key: StaticString) -> UnsafeMutablePointer<CChar>? {
        for entry in entries {
            guard let entry, let name = entry.pointee.key else { continue }
            // A StaticString ends with a zero byte, as a C string does.
            if strcmp(name, UnsafeRawPointer(key.utf8Start).assumingMemoryBound(to: CChar.self))
                == 0
            {
                return entry.pointee.value
            }
        }
        return nil
    }
}

extension FrameStatus {
    /// Copies a status out of an arena; faulty UTF-8 is repaired.
    init(_ wire: Linekeeper__Rpc__V1__Status) {
        self.init(code: wire.code, message: String(cString: wire.message))
        guard let detail = wire.detail?.pointee else { return }
        reason = String(cString: detail.reason)
        retryAfterMilliseconds = detail.retry_after_ms
        for entry in UnsafeBufferPointer(start: detail.metadata, count: detail.n_metadata) {
            guard let entry = entry?.pointee else { continue }
            facts[String(cString: entry.key)] = String(cString: entry.value)
        }
        for violation in UnsafeBufferPointer(start: detail.violations, count: detail.n_violations) {
            guard let violation = violation?.pointee else { continue }
            violations.append(
                Violation(
                    field: String(cString: violation.field),
                    description: String(cString: violation.description)))
        }
    }
}
