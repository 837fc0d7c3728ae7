-- A process of a message. Its audit tokens are objects, or arrays of the members in this order; a named Tuple reads both.
Tuple(
    audit_token Tuple(
        auid UInt32, euid UInt32, egid UInt32, ruid UInt32, rgid UInt32, pid UInt32, asid UInt32, pidversion UInt32),
    parent_audit_token Tuple(
        auid UInt32, euid UInt32, egid UInt32, ruid UInt32, rgid UInt32, pid UInt32, asid UInt32, pidversion UInt32),
    responsible_audit_token Tuple(
        auid UInt32, euid UInt32, egid UInt32, ruid UInt32, rgid UInt32, pid UInt32, asid UInt32, pidversion UInt32),
    ppid UInt32,
    executable Tuple(path String),
    tty Tuple(path String),
    codesigning_flags UInt32,
    cs_validation_category Nullable(Int16),
    is_platform_binary Nullable(Bool),
    cdhash String,
    signing_id String,
    team_id String)
