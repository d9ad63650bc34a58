#pragma once

#include <QList>
#include <QMap>
#include <QString>

/// A script, an object before, and what comes of it, written as tests/data/scripts/README.md says.
struct ScriptCase {
    QString title;
    QMap<QString, QString> parts; ///< by name: before, script, after …
};

QList<ScriptCase> scriptCasesIn(const QString& text);

/// Runs the script and compares, with the expectations of GoogleTest.
void checkScriptCase(const ScriptCase& one);
