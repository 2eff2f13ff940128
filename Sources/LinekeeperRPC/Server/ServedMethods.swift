import LinekeeperProto

/// The methods of a server, ready to be found and called.
final class ServedMethods: Sendable {
    let methods: [MethodTable.Method]
    private let index: FrameMethodIndex
    private let inlineMethods: [InlineMethod?]

    init(_ table: MethodTable) {
        methods = table.methods
        index = FrameMethodIndex(table.paths)
        inlineMethods = table.methods.map { method in
            guard case .inline(let body) = method.body else { return nil }
            return InlineMethod(access: method.access, body: body)
        }
    }

    /// What a call needs of the methods in nearly every case; valid as long as they are.
    var hot: Hot {
        unsafe Hot(
            index: index.table,
            inline: inlineMethods.map { method in
                unsafe method.map { method in unsafe Unmanaged.passUnretained(method) }
            })
    }

    /// The methods as a connection holds them, so that an inline call counts no references: they
    /// were a tenth of its cost. Whoever holds this holds the methods as well.
    // What the pointers lead to is never changed: sharing it is safe.
    @safe struct Hot: @unchecked Sendable {
        let index: FrameMethodIndex.Table
        /// By number; `nil` for a method that is not inline.
        private let inline: [Unmanaged<InlineMethod>?]

        init(index: FrameMethodIndex.Table, inline: [Unmanaged<InlineMethod>?]) {
            self.index = index
            unsafe self.inline = unsafe inline
        }

        /// Whether the method is inline and open to somebody with these rights.
        func admits(_ number: Int, rights: UInt64) -> Bool {
            guard let method = unsafe inline[number] else { return false }
            return unsafe method._withUnsafeGuaranteedRef { $0.mask & rights != 0 || $0.isOpen }
        }

        /// Answers a call of an inline method; `nil` when it is of another kind.
        func answer(_ number: Int, _ call: borrowing InlineCall) -> InlineAnswer? {
            guard let method = unsafe inline[number] else { return nil }
            return unsafe method._withUnsafeGuaranteedRef { $0.body(call) }
        }
    }
}

/// An inline method with its access in the form that is quickest to compare.
final class InlineMethod: Sendable {
    let body: MethodTable.InlineBody
    /// The rights of which one is needed.
    let mask: UInt64
    /// Whether every valid identity may call.
    let isOpen: Bool

    init(access: Access, body: @escaping MethodTable.InlineBody) {
        self.body = body
        if case .right(let mask, _) = access.kind {
            self.mask = mask
            isOpen = false
        } else {
            mask = 0
            isOpen = true
        }
    }
}
