/* The hand-written scanner: what a program can come to that knows one layout of JSON by heart.
 *
 *     scan TABLE PROFILES.ndjson ROWS.csv
 *
 * It trusts every byte: keys in the order and without the blanks that workload.py writes, ids that are known, escapes
 * only in names. A profile of any other layout gives wrong figures or a crash, so this is a floor and not a peer. TABLE
 * is the library at a day as scan_table.py writes it. Start at `tenant`. */
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { WHOLE = 10000, ACTIONS = 1024, CONTROLS = 256, SERVICES = 64, SLOTS = 4096, ITEMS = 32 };

struct action {
    char id[64];
    int length, is_provider, points, everywhere, serves, control[8];
    uint64_t mask;
};
struct figure {
    int in_scope, earned, assured, unassessed;
};
struct status {
    char implementation, test, automatic;
    int implemented_on, tested_on, fraction, shown;
};

static struct action actions[ACTIONS];
static char service[SERVICES][64], control[CONTROLS][16];
static int action_count, service_count, control_count, day, manual_from, automatic_from;
static uint64_t retired, known_attested, known_current;
static short slots[SLOTS];

/* The items of evidence of the tenant at hand that are current. */
static const char *item[ITEMS];
static int item_length[ITEMS], item_count;

static uint64_t word(const char *at) {
    uint64_t found;
    memcpy(&found, at, 8);
    return found;
}

/* Ids have 15 bytes at least. */
static unsigned slot_of(const char *id, int length) {
    uint64_t mixed = (word(id) ^ word(id + length - 8) * 31 ^ word(id + 4) * 7) * 0x9E3779B97F4A7C15u;
    return (mixed ^ length) >> 20 & (SLOTS - 1);
}

static int find_action(const char *id, int length) {
    for (unsigned slot = slot_of(id, length);; slot = (slot + 1) & (SLOTS - 1)) {
        struct action *found = &actions[slots[slot]];
        if (found->length == length && memcmp(found->id, id, length) == 0)
            return slots[slot];
    }
}

static int find_service(const char *id, int length) {
    for (int n = 0; n < service_count; n++)
        if (strncmp(service[n], id, length) == 0 && service[n][length] == 0)
            return n;
    abort();
}

/* 2026-06-01 as 20260601. */
static int date(const char *at) {
    return (at[0] - '0') * 10000000 + (at[1] - '0') * 1000000 + (at[2] - '0') * 100000 + (at[3] - '0') * 10000 +
           (at[5] - '0') * 1000 + (at[6] - '0') * 100 + (at[8] - '0') * 10 + (at[9] - '0');
}

static const char *quote(const char *at) {
    while (*at != '"')
        at++;
    return at;
}

static const char *find(const char *from, const char *to, const char *what) {
    return memmem(from, to - from, what, strlen(what));
}

static int is_shown(const char *id, int length) {
    for (int n = 0; n < item_count; n++)
        if (item_length[n] == length && memcmp(item[n], id, length) == 0)
            return 1;
    return 0;
}

static struct figure judge(const struct status *s) {
    int future = s->tested_on > day || s->implemented_on > day;
    struct figure f = {s->implementation != 'n' && (future || s->test != 's'), 0, 0, 0};
    if (future || !f.in_scope)
        return f;
    if (s->test == 'u')
        f.unassessed = WHOLE;
    else if (s->test == 'p' && s->implementation == 'i')
        f.earned = WHOLE;
    else if (s->test == 'r' && s->automatic)
        f.earned = s->fraction;
    if (s->tested_on >= (s->automatic ? automatic_from : manual_from) && (s->automatic || s->shown))
        f.assured = f.earned;
    return f;
}

/* Reads the keys of an action or an instance from after its first text to its end, and what it comes to. */
static const char *keys(const char *at, struct status s, struct figure *figure) {
    struct figure part;
    int places = 0;
    memset(figure, 0, sizeof *figure);
    while (*at == ',') {
        const char *key = at + 2, *value = quote(key) + 2;
        int length = value - 2 - key;
        if (length == 14 && key[9] == 'a') { /* implementation */
            value++;
            /* implemented and alternative, planned, not-implemented, not-in-scope */
            s.implementation = *value == 'i' || *value == 'a' ? 'i' : *value == 'p' || value[5] == 'm' ? 'o' : 'n';
            at = quote(value) + 1;
        } else if (length == 14) {
            s.implemented_on = date(value + 1);
            at = value + 12;
        } else if (length == 9) {
            s.tested_on = date(value + 1);
            at = value + 12;
        } else if (length == 4) { /* test */
            const char *end = quote(++value);
            switch (*value) {
            case 'p': s.test = end - value == 6 ? 'p' : 'r'; break;
            case 't': case 'c': s.test = 'u'; break;
            case 'n': s.test = end - value > 4 ? 's' : 'o'; break;
            default: s.test = 'o';
            }
            at = end + 1;
        } else if (length == 11 && key[0] == 't') { /* test_source */
            s.automatic = value[1] == 'a';
            at = quote(value + 1) + 1;
        } else if (length == 8 && key[0] == 'f') { /* fraction: 0.25 */
            int scale = 1000;
            s.fraction = 0;
            for (at = value + 2; *at >= '0' && *at <= '9'; at++, scale /= 10)
                s.fraction += (*at - '0') * scale;
        } else if (length == 8 && key[0] == 'e') { /* evidence */
            s.shown = 0;
            for (at = value; *at != ']'; at++)
                if (*at == '"') {
                    const char *end = quote(at + 1);
                    s.shown |= is_shown(at + 1, end - at - 1);
                    at = end;
                }
            at++;
        } else if (length == 8) { /* instance: what is common stands before it */
            at = value;
            while (*at != ']') {
                at = keys(quote(at + 10) + 1, s, &part);
                if (part.in_scope) {
                    places++;
                    figure->earned += part.earned;
                    figure->assured += part.assured;
                    figure->unassessed += part.unassessed;
                }
            }
            at++;
            if (places) {
                figure->in_scope = 1;
                figure->earned /= places;
                figure->assured /= places;
                figure->unassessed /= places;
            }
            places = -1;
        } else
            at = quote(value + 1) + 1;
    }
    if (places == 0)
        *figure = judge(&s);
    return at + 1;
}

/* Reads the items of evidence, of which those of the provider name services. */
static void evidence(const char *at, uint64_t *attested, uint64_t *current) {
    item_count = 0;
    while (*at != ']') {
        const char *id = at + 7, *end = quote(id), *services = 0;
        int from = 0, to = 99999999;
        at = end + 1;
        while (*at == ',') {
            const char *key = at + 2, *value = quote(key) + 2;
            if (key[0] == 'v') {
                int on = date(value + 1);
                if (key[6] == 'f')
                    from = on;
                else
                    to = on;
                at = value + 12;
            } else if (key[0] == 's') {
                services = value;
                at = strchr(value, ']') + 1;
            } else
                at = quote(value + 1) + 1;
        }
        at += at[1] == ',' ? 2 : 1;
        int holds = from <= day && day <= to;
        if (holds) {
            item[item_count] = id;
            item_length[item_count++] = end - id;
        }
        /* ["mail",{"id":"dns","since":"2026-01-02"}] */
        for (const char *s = services; s && *s != ']'; s++) {
            int since = from;
            if (*s == '{')
                s += 6;
            if (*s != '"')
                continue;
            const char *last = quote(s + 1);
            uint64_t bit = 1ull << find_service(s + 1, last - s - 1);
            if (last[1] == ',' && last[2] == '"' && last[3] == 's' && last[8] == '"' && last[9] == ':') {
                since = date(last + 11);
                s = last + 21;
            } else
                s = last;
            if (since <= day) {
                *attested |= bit;
                if (holds && from)
                    *current |= bit;
            }
        }
    }
}

static void tenant(const char *line, const char *end, FILE *rows) {
    static struct figure figures[ACTIONS], nothing = {1, 0, 0, WHOLE};
    const char *name = find(line, end, "\",\"tenant\":\"") + 12, *at = find(name, end, "\"service\":[") + 11;
    uint64_t used = 0, attested = known_attested, current = known_current;
    while (*at == '{') {
        const char *last = quote(at + 7);
        used |= 1ull << find_service(at + 7, last - at - 7);
        at = last + (last[2] == ',' ? 3 : 2);
    }
    /* The items stand near the end: the last heading of that name that holds objects. */
    const char *items = 0, *tail = end;
    while (!items) {
        tail = memrchr(line, '{', tail - line);
        if (memcmp(tail - 12, "\"evidence\":[", 12) == 0)
            items = tail;
    }
    evidence(items, &attested, &current);
    attested &= used & ~retired;
    current &= used & ~retired;
    for (int n = 0; n < action_count; n++)
        figures[n] = nothing;
    at = find(at, end, "\"action\":[") + 10;
    while (*at == '{') {
        const char *id = at + 7, *last = quote(id);
        struct status none = {'o', 'o', 0, 0, 0, 0, 0};
        at = keys(last + 1, none, &figures[find_action(id, last - id)]);
        at += *at == ',';
    }
    char excluded[CONTROLS] = {0}, applies[CONTROLS] = {0};
    int excluded_count = 0;
    const char *left_out = find(items, end, "\"exclusion\":[");
    while (left_out && (left_out = find(left_out, end, "\"control\":\""))) {
        const char *last = quote(left_out += 11);
        for (int c = 0; c < control_count; c++)
            if (strncmp(control[c], left_out, last - left_out) == 0 && control[c][last - left_out] == 0)
                excluded_count += !excluded[c], excluded[c] = 1;
    }
    int64_t achieved = 0, possible = 0, assured = 0, unassessed = 0;
    int earned_of[CONTROLS] = {0}, points_of[CONTROLS] = {0};
    for (int n = 0; n < action_count; n++) {
        const struct action *a = &actions[n];
        struct figure f = figures[n];
        int applicable = __builtin_popcountll(a->mask & used), open = 0;
        if (!applicable && !a->everywhere)
            continue;
        if (a->is_provider) {
            f.earned = WHOLE * __builtin_popcountll(a->mask & attested) / applicable;
            f.assured = WHOLE * __builtin_popcountll(a->mask & current) / applicable;
            f.unassessed = 0;
        }
        int points = f.in_scope ? a->points : 0;
        for (int c = 0; c < a->serves; c++) {
            int at_control = a->control[c];
            applies[at_control] = 1;
            open |= !excluded[at_control];
            earned_of[at_control] += points * f.earned;
            points_of[at_control] += points;
        }
        if (open) {
            achieved += points * f.earned;
            assured += points * f.assured;
            unassessed += points * f.unassessed;
            possible += points * WHOLE;
        }
    }
    int covered = 0, partial = 0, gap = 0, out = 0, unmapped = 0;
    for (int c = 0; c < control_count; c++) {
        if (excluded[c])
            continue;
        if (!applies[c])
            unmapped++;
        else if (!points_of[c])
            out++;
        else if (earned_of[c] == WHOLE * points_of[c])
            covered++;
        else if (earned_of[c] < points_of[c])
            gap++;
        else
            partial++;
    }
    fprintf(rows, "%.*s,%ld,%ld,%ld,%ld,%d,%d,%d,%d,%d,%d\r\n", (int)(quote(name) - name), name, (long)achieved,
            (long)possible, (long)assured, (long)unassessed, covered, partial, gap, out, unmapped, excluded_count);
}

static void table(const char *path) {
    FILE *file = fopen(path, "r");
    if (!file || fscanf(file, "%d %d %d %lu %lu %lu %d %d %d", &day, &manual_from, &automatic_from, &retired,
                        &known_attested, &known_current, &service_count, &control_count, &action_count) != 9)
        exit(2);
    for (int n = 0; n < service_count; n++)
        if (fscanf(file, "%63s", service[n]) != 1)
            exit(2);
    for (int n = 0; n < control_count; n++)
        if (fscanf(file, "%15s", control[n]) != 1)
            exit(2);
    memset(slots, 0, sizeof slots);
    for (int n = 1; n <= action_count; n++) { /* 0 is none */
        struct action *a = &actions[n];
        if (fscanf(file, "%63s %d %d %d %lu %d", a->id, &a->is_provider, &a->points, &a->everywhere, &a->mask, &a->serves) != 6)
            exit(2);
        for (int c = 0; c < a->serves; c++)
            if (fscanf(file, "%d", &a->control[c]) != 1)
                exit(2);
        a->length = strlen(a->id);
        unsigned slot = slot_of(a->id, a->length);
        while (slots[slot])
            slot = (slot + 1) & (SLOTS - 1);
        slots[slot] = n;
    }
    action_count++;
    fclose(file);
}

int main(int count, char **words) {
    int file = count == 4 ? open(words[2], O_RDONLY) : -1;
    FILE *rows = count == 4 ? fopen(words[3], "w") : 0;
    if (file < 0 || !rows)
        return 2;
    table(words[1]);
    fputs("tenant,achieved,possible,assured,unassessed,covered,partial,gap,not_in_scope,unmapped,excluded\r\n", rows);
    /* A line at a time from a block that is read again and again, so that memory stays small. */
    size_t size = 1 << 22, kept = 0;
    char *block = malloc(size + 64);
    ssize_t got;
    while ((got = read(file, block + kept, size - kept)) > 0) {
        char *at = block, *end = block + kept + got, *stop;
        while ((stop = memchr(at, '\n', end - at))) {
            tenant(at, stop, rows);
            at = stop + 1;
        }
        kept = end - at;
        memmove(block, at, kept);
    }
    return fclose(rows) != 0;
}
