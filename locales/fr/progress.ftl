# Progress for a manager: `annexa history report`.

progress-title = { $organization } ({ $tenant }) : progression du { $from } au { $to }

# From which state to which.
progress-span = État initial : { $from } ; état final : { $to }.
progress-span-first = État initial : { $from } (le premier disponible, aucun ne remontant au { $since } ou avant) ; état final : { $to }.
progress-span-before = État initial : { $from } (le dernier avant le { $since }) ; état final : { $to }.
progress-snapshot = instantané { $id } du { $date }
progress-profile = profil au { $date }
progress-between = { $count ->
        [one] { $count } instantané se situe entre les deux.
       *[other] { $count } instantanés se situent entre les deux.
     }

# The sections.
progress-then-and-now = Avant et maintenant
progress-better = Ce qui s’est amélioré
progress-nothing-better = Rien ne s’est amélioré.
progress-worse = Ce qui s’est dégradé
progress-nothing-worse = Rien ne s’est dégradé.
progress-lapses = Prochaines expirations
progress-team = Ce que l’équipe a fait
progress-no-team = Aucune action n’a progressé et aucune preuve n’a été renouvelée.
progress-pace = Rythme
progress-rounding = Les points sont arrondis au dixième et les rythmes au plus proche, les cas d’égalité l’étant en s’éloignant de zéro ; la cible et sa date sont calculées exactement.

# Tables.
progress-then = Avant
progress-now = Maintenant
progress-points-earned = Points obtenus
progress-points-assured = Points dont la preuve est en vigueur
progress-points-possible = Points possibles
progress-proof = Preuve
progress-assessed-in = Évaluée dans
progress-provider = le fournisseur
progress-last-day = Dernier jour
progress-what = Nature
progress-of = Objet
progress-controls = Mesures
progress-first-of = { $first } et { $count } de plus
progress-moved-up = Actions en progrès
progress-proof-renewed = Preuve renouvelée
progress-nobody = (personne de désigné)
progress-more = Et { $count } de plus ; le JSON contient tout.

# Why the figures moved: a sentence for each cause, with its parts in a row.
progress-cause-rises = { $cause } ({ $count ->
        [one] { $count } action
       *[other] { $count } actions
     }) : { $parts } ; le score augmente de { $percent ->
        [one] { $percent } point de pourcentage
       *[other] { $percent } points de pourcentage
     }.
progress-cause-falls = { $cause } ({ $count ->
        [one] { $count } action
       *[other] { $count } actions
     }) : { $parts } ; le score baisse de { $percent ->
        [one] { $percent } point de pourcentage
       *[other] { $percent } points de pourcentage
     }.
progress-cause-stays = { $cause } ({ $count ->
        [one] { $count } action
       *[other] { $count } actions
     }) : { $parts } ; le score ne change pas.
progress-cause-unscored = { $cause } ({ $count ->
        [one] { $count } action
       *[other] { $count } actions
     }) : { $parts } ; l’un des états n’a pas de score.
progress-earned = { $points } points gagnés
progress-lost = { $points } points perdus
progress-more-possible = { $points } points de plus à obtenir au total
progress-less-possible = { $points } points de moins à obtenir au total
progress-proof-gained = { $points } points de preuve gagnés
progress-proof-lost = { $points } points de preuve perdus
progress-no-points = aucun point

# What the assurance comes to if nothing is renewed.
progress-assurance-falls = Si rien n’est renouvelé, l’assurance passe de { $now } à { $then } d’ici au { $by }.
progress-assurance-lasts = { $days ->
        [one] Rien n’expire d’ici { $days } jour ; au { $by }, l’assurance est de { $then }.
       *[other] Rien n’expire d’ici { $days } jours ; au { $by }, l’assurance est de { $then }.
     }
progress-assurance-holds = Ce qui expire n’ôte en soi aucune assurance : elle est de { $then } au { $by }, et de { $now } aujourd’hui.

# How fast it went.
progress-no-pace = Les deux états sont de la même date : il n’y a donc pas de rythme.
progress-pace-none = { $days ->
        [one] Aucun point n’a été gagné ni perdu en { $days } jour.
       *[other] Aucun point n’a été gagné ni perdu en { $days } jours.
     }
progress-pace-gained = { $days ->
        [one] { $points } points ont été gagnés en { $days } jour : { $monthly } en 30 jours.
       *[other] { $points } points ont été gagnés en { $days } jours : { $monthly } en 30 jours.
     }
progress-pace-lost = { $days ->
        [one] { $points } points ont été perdus en { $days } jour : { $monthly } en 30 jours.
       *[other] { $points } points ont été perdus en { $days } jours : { $monthly } en 30 jours.
     }
progress-no-part = Le périmètre, la bibliothèque et les évaluations ajoutées ou retirées ({ $points } points) ne comptent pas dans le rythme.
progress-score-stays = Le score ne change pas, au centième de point de pourcentage près en 30 jours.
progress-score-rises = Le score augmente de { $percent ->
        [one] { $percent } point de pourcentage
       *[other] { $percent } points de pourcentage
     } en 30 jours.
progress-score-falls = Le score baisse de { $percent ->
        [one] { $percent } point de pourcentage
       *[other] { $percent } points de pourcentage
     } en 30 jours.
progress-lapsed = Des expirations ont ôté leur preuve à { $points } points, soit { $monthly } en 30 jours ; rien n’a été renouvelé.
progress-lapsed-renewed = Des expirations ont ôté leur preuve à { $points } points, soit { $monthly } en 30 jours ; des renouvellements en ont rendu { $renewed }.
progress-renewed = Aucune preuve n’a été perdue par expiration ; des renouvellements ont rendu { $renewed } points.
progress-neither = Aucune preuve n’a été perdue par expiration ; rien n’a été renouvelé.

# Targets: where each stands, and when it is met at that pace.
progress-no-target = Aucune cible n’est fixée, ni dans une évaluation du profil ni avec --target.
progress-target-met = { $of ->
        [all] La cible de { $target } pour l’ensemble est atteinte au { $date }.
        [one] La cible de { $target } pour { $title } est atteinte au { $date }.
       *[group] La cible de { $target } pour { $title }, groupe { $group }, est atteinte au { $date }.
     }
progress-target-lacks = { $of ->
        [all] Il manque { $missing } points pour atteindre la cible de { $target } pour l’ensemble.
        [one] Il manque { $missing } points pour atteindre la cible de { $target } pour { $title }.
       *[group] Il manque { $missing } points pour atteindre la cible de { $target } pour { $title }, groupe { $group }.
     }
progress-target-unscored = { $of ->
        [all] La cible de { $target } pour l’ensemble ne peut être ni atteinte ni manquée : rien ne compte, et il n’y a pas de score.
        [one] La cible de { $target } pour { $title } ne peut être ni atteinte ni manquée : rien ne compte, et il n’y a pas de score.
       *[group] La cible de { $target } pour { $title }, groupe { $group }, ne peut être ni atteinte ni manquée : rien ne compte, et il n’y a pas de score.
     }
progress-expected = { $days ->
        [one] Si le rythme de { $days } jour jusqu’au { $today } se maintient et que le dénominateur ne change pas, elle sera atteinte le { $on }.
       *[other] Si le rythme des { $days } jours jusqu’au { $today } se maintient et que le dénominateur ne change pas, elle sera atteinte le { $on }.
     }
progress-distant = { $days ->
        [one] Si le rythme de { $days } jour jusqu’au { $today } se maintient et que le dénominateur ne change pas, elle ne sera pas atteinte avant cent ans.
       *[other] Si le rythme des { $days } jours jusqu’au { $today } se maintient et que le dénominateur ne change pas, elle ne sera pas atteinte avant cent ans.
     }
progress-standstill = { $days ->
        [one] Rien n’a été gagné en { $days } jour jusqu’au { $today } ; à ce rythme, elle ne sera jamais atteinte.
       *[other] Rien n’a été gagné durant les { $days } jours jusqu’au { $today } ; à ce rythme, elle ne sera jamais atteinte.
     }
progress-falling = { $days ->
        [one] Des points ont été perdus en { $days } jour jusqu’au { $today } ; à ce rythme, elle ne sera jamais atteinte.
       *[other] Des points ont été perdus durant les { $days } jours jusqu’au { $today } ; à ce rythme, elle ne sera jamais atteinte.
     }
progress-one-date = Les états étant d’une seule date, il n’y a pas de rythme, et donc pas de jour.
progress-unlike = Ce qui y compte a changé dans l’intervalle, du fait du périmètre, de la bibliothèque ou des évaluations : elle n’a donc ni rythme propre ni jour.
