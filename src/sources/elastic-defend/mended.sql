-- JSON text with what strict parsers refuse, told to them in other words: half a surrogate pair and bytes that are no
-- UTF-8 are U+FFFD, an unknown escape is its backslash and letter, a bare control character is a space.
arrayStringConcat(arrayMap(
    token -> multiIf(
        NOT startsWith(token, '\\'), replaceRegexpAll(token, '[\\x00-\\x1f]', ' '),
        length(token) = 12, token,
        length(token) = 6 AND match(token, '^\\\\u[dD][89a-fA-F]'), '\\ufffd',
        length(token) = 6 OR position('"\\/bfnrt', substring(token, 2, 1)) > 0, token,
        concat('\\', token)),
    extractAll(
        toValidUTF8(object),
        '(?s)\\\\u[dD][89abAB][0-9a-fA-F]{2}\\\\u[dD][c-fC-F][0-9a-fA-F]{2}|\\\\u[0-9a-fA-F]{4}|\\\\.|[^\\\\]+')))
