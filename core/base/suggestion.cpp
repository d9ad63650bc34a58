#include "core/base/suggestion.h"

#include <algorithm>
#include <numeric>
#include <vector>

namespace {

/// Letters to insert, remove or replace (Levenshtein), whatever their case.
int distance(const QString& one, const QString& other)
{
    std::vector<int> row(static_cast<size_t>(other.size()) + 1);
    std::iota(row.begin(), row.end(), 0);
    for (qsizetype i = 0; i < one.size(); ++i) {
        int diagonal = row[0]++;
        for (size_t j = 0; j + 1 < row.size(); ++j) {
            const bool same = one[i].toCaseFolded() == other[static_cast<qsizetype>(j)].toCaseFolded();
            const int replaced = diagonal + (same ? 0 : 1);
            diagonal = row[j + 1];
            row[j + 1] = std::min({replaced, row[j] + 1, diagonal + 1});
        }
    }
    return row.back();
}

} // namespace

QString nearest(const QString& typed, const QStringList& known)
{
    constexpr int most = 2;
    QString best;
    int fewest = most + 1;
    for (const QString& word : known) {
        if (typed.size() > 100 || std::abs(word.size() - typed.size()) > most)
            continue;
        const int letters = distance(typed, word);
        if (letters < fewest && letters < word.size()) {
            fewest = letters;
            best = word;
        }
    }
    return best;
}
