-- The identity (01-tables.sql) of a program of which only its path is known.
(path -> sipHash64(path, splitByChar('/', path)[-1], '', '', toInt8(-1), toUInt32(0), toInt16(-1), toInt8(-1), toInt8(-1), '')) AS identity_of_path
