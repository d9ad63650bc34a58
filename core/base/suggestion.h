#pragma once

#include <QStringList>

/// The known word that somebody may have meant: the nearest one with at most two letters other than typed, or
/// capital and small ones; empty when there is none.
QString nearest(const QString& typed, const QStringList& known);
