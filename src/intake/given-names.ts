import type { Gender } from './roles.ts'

/** Common given names, because two words with capitals may as well be a street. */
const male = `
Aaron Abdul Abdullah Abel Achille Adam Adamu Adel Adil Adrian Adriano Agustín Ahmed Ahmet Aidan Akash Akira
Alain Alan Alastair Albert Aldo Alejandro Aleksandr Alessandro Alex Alexander Alexandre Alexei Alexis
Alfonso Alfred Alfredo Alhassan Ali Alistair Alois Amadou Amir Amit Anatoly Anders Andreas Andrei Andrew
André Angelo Angus Anil Ansgar Anthony Antoine Anton Antonio Antony Anwar Arda Arif Arjun Armando Armin
Arnaud Arne Arnold Arthur Arvid Ashok Asif Augusto Axel Aziz Baptiste Barack Barış Bashar Bastien Ben
Benedikt Benjamin Benoit Benoît Bernard Bertrand Bilal Bill Bjorn Björn Bob Bogdan Bohdan Boris Boubacar
Brad Branko Brendan Brian Bruce Bruno Burak Bülent Callum Cameron Can Carl Carlos Cem Charles Cheikh Chris
Christian Christopher Cihan Claude Claus Clemens Clément Colin Connor Craig Cristian Curtis Cyril Cédric
César Dag Dalibor Damian Damien Daniel Dario Darko Darren David Davor Dean Declan Denis Deniz Dennis Derek
Didier Diego Dieter Dimitri Dirk Dmitry Dmytro Domenico Dominic Dominik Dominique Donald Douglas Dragan
Duncan Dylan Ebrahim Eddie Edgar Edmund Edoardo Eduardo Edward Einar Elias Elliot Emanuel Emeka Emil Emilio
Emmanuel Emre Engin Enrico Enzo Eric Erik Ernest Ernesto Ernst Erwin Esteban Ethan Etienne Eugene Evan Ezra
Fabien Fabio Fabrice Fadi Faisal Farid Federico Felix Femi Ferdinand Fergus Fernando Filip Finn Florian
Francesco Francis Francisco Frank Franz François Fred Frederick Fredrik Friedrich Frédéric Gabriel Gaetano
Gareth Gary Gaspard Gaurav Gavin Gaël Geert Geoffrey Georg George Georges Gerald Gerard Gerardo Gerhard
Gilbert Gilles Giorgio Giovanni Giuseppe Glenn Gonzalo Goran Gordon Graham Greg Gregory Guillaume Gunnar
Gustav Gustavo Guy Günter Günther Habib Hakan Halil Hamid Hamish Hamza Hans Harald Harold Harry Haruki Hasan
Hassan Hector Heinrich Heinz Helmut Henk Henri Henrik Henry Herbert Hermann Hervé Hiroshi Hossein Howard
Hubert Hugh Hugo Håkon Hüseyin Ian Ibrahim Ibrahima Idris Ignacio Igor Iker Ilham Ilya Imran Ingmar Ioannis
Isaac Ismail Ivan Iván Jaap Jack Jacob Jacques Jaime Jake Jakob Jamal James Jan Jarosław Jason Javad Javier
Jean Jeff Jeffrey Jens Jeremy Jerome Jesper Jesús Jim Jimmy Jiří Joachim Joaquín Jochen Joe Joel Johan
Johann John Johnny Jonas Jonathan Jorge Jorgen Jose Josef Joseph Joshua José Juan Jules Julian Julien Julio
Justin Jérôme Jörg Jürgen Kaan Kadir Kai Kamal Karim Karl Karsten Kaspar Kazuo Kees Keith Kemal Ken Kenji
Kenneth Kerem Kerim Kevin Khaled Khalid Khalifa Kieran Klaas Klaus Kofi Kostas Kristian Krzysztof Kurt Kwame
Lachlan Lars Laurent Lawrence Lee Leif Leo Leon Leonard Lewis Liam Lionel Lorcan Lorenzo Lothar Louis Loïc
Luc Luca Lucas Luigi Luis Luke László Maarten Maciej Magnus Mahmoud Malcolm Malik Mamadou Manfred Manuel
Marc Marcel Marcelo Marcin Marco Marcus Marek Mario Marius Mark Marko Markus Martin Massimo Mateo Mathieu
Matteo Matthew Matthias Matthieu Maurice Mauro Max Maximilian Mehmet Metin Mevlüt Michael Michał Michel
Miguel Mihai Mikhail Miloš Miroslav Mohamad Mohamed Mohammad Mohammed Morgan Moritz Moses Moshe Moussa
Muhammad Murat Mustafa Nasser Nathan Naveen Neil Nelson Nicholas Nicola Nicolas Nicolás Nigel Nikhil Niklas
Nikola Nikolai Nikos Nils Noah Norman Nuno Olaf Ole Oleg Oleksandr Oliver Olivier Olu Omar Onur Orhan Oscar
Oskar Osman Otto Ousmane Owen Oğuz Oğuzhan Pablo Paolo Pascal Pascual Patrice Patrick Paul Paulo Pavel Pedro
Pekka Pepe Per Percy Peter Philip Philippe Pierre Piet Pieter Piotr Pranav Quentin Quinn Radek Rafael Raheem
Rahul Rainer Raj Rajesh Ralf Ralph Ramazan Rami Ramón Raphaël Rashid Raymond Raúl Recep Reinhard Reza Rhys
Ricardo Richard Robbie Robert Roberto Robin Rodrigo Roger Rohan Roland Rolf Romain Roman Ron Ronald Ronan
Rory Ross Roy Ruben Rudolf Rui Rupert Ruslan Russell Ryan Régis Rüdiger Sabri Said Salim Salman Salvatore
Sam Sami Samir Samuel Sandro Sanjay Santiago Scott Sean Sebastian Selim Serge Sergei Sergey Sergio Serkan
Seth Seydou Shane Shaun Sidney Siegfried Silvio Simon Sinan Slobodan Stanislav Stanley Stefan Stephen Steve
Steven Stuart Stéphane Suleiman Suresh Svein Sven Sylvain Süleyman Tadeusz Taha Takashi Tanguy Tarek Tariq
Taylan Tayyip Ted Teemu Terence Terry Thabo Theo Theodore Thibault Thibaut Thierno Thierry Thomas Thorsten
Théo Tim Timo Timothy Tobias Toby Tolga Tom Tomas Tommy Tony Torsten Tristan Tunde Ulrich Umut Uwe Uğur
Vadim Valentin Vasile Vasily Vicente Victor Vijay Vikram Viktor Vincent Vincenzo Vittorio Vladimir Volkan
Volodymyr Václav Walter Warren Wayne Werner Wilfried Wilhelm Will Willem William Wolfgang Xavi Xavier Yann
Yannick Yannis Yasin Yavuz Yaşar Youssef Yuri Yusuf Yuval Yves Zafer Zdeněk Zeki Ziad Zoltan Álvaro Ángel
Étienne İbrahim İlker İsmail İsmet Łukasz`

const female = `
Abeba Abigail Ada Adaeze Adelaide Adele Adriana Agata Agathe Agnes Agnieszka Ainhoa Aisha Aleksandra
Alessandra Alexandra Alexia Alice Alicia Alison Aliyah Alma Amanda Amara Amelia Amina Amira Amy Amélie Ana
Ananya Anastasia Anastasiya Anaïs Andrea Aneta Angela Angelina Angélique Anika Anita Anja Anjali Anke Ann
Anna Annabel Anne Anne-Marie Annette Annick Annika Antje Antonella Antonia Arlette Armelle Arwa Asha Asli
Aslı Astrid Asuka Audrey Aurora Aurélie Aya Ayla Aylin Ayşe Bahar Banu Barbara Barbora Başak Beata Beatrice
Belgin Belinda Berit Bernadette Bernice Berta Beth Bettina Beverley Bianca Birgit Blanca Bożena Brenda
Bridget Brigitte Brooke Burcu Béatrice Camille Candice Carina Carla Carmen Carol Carolina Caroline Cassandra
Catherine Cecilia Celeste Ceren Chantal Charlene Charlotte Chiamaka Chiara Chioma Chloe Christina Christine
Claire Clara Clare Clarissa Claudia Claudine Clémence Colette Concepción Constance Cora Corinne Cristiana
Cristina Cátia Cécile Céline Dagmar Dalia Daniela Danielle Danuta Daphne Daria Dawn Debbie Deborah Defne
Delphine Denise Derya Diana Diane Dilara Dilek Dolores Dominika Dora Doreen Doris Dorothy Dorothée Ebru Ece
Edith Edwige Eileen Eirini Ekaterina Ekin Elaine Eleanor Elena Eleni Eliana Elif Elisabeth Elise Elizabeth
Elke Ella Ellen Elsa Elsbeth Elspeth Elvira Eléonore Emily Emine Emma Erin Esma Esme Esperanza Esra Estelle
Esther Eva Eve Evelyn Evgenia Fabienne Faith Farah Fatima Fatma Fatou Federica Felicity Filiz Fiona Flavia
Flora Florence Frances Francesca Fredrika Freya Frida Fumiko Gabriela Gabriele Gail Galina Gemma Genevieve
Geneviève Georgia Georgina Geraldine Gerda Germaine Gertrude Ghada Gillian Gina Giovanna Gisela Giulia
Gloria Grace Graciela Grażyna Greet Greta Gretchen Grete Gudrun Gunilla Gwen Gül Gülay Hadiza Hala Halina
Hana Hanan Hande Hanna Hannah Harriet Hatice Hazel Heather Hedwig Heidi Helen Helena Helga Henrietta
Henriette Hilary Hilde Holly Hope Huda Hélène Ida Ikram Ilaria Ilona Ilse Imke Imogen Ines Inga Inge Inger
Ingrid Inês Ioana Irene Irina Iris Irma Isabel Isabella Isabelle Isadora Isla Ivana Ivy Jacinda Jacqueline
Jadwiga Jana Jane Janet Janice Janina Jasmine Jean Jelena Jennifer Jenny Jessica Jill Joan Joanna Joanne
Jodie Johanna Jolanta Josefa Josephine Joyce Juana Judith Judy Julia Juliana Julie Juliette June Justine
Jutta Kamila Karen Karima Karin Karina Karolina Kasia Katarzyna Kate Katharina Katherine Kathleen Kathrin
Katja Katrin Katy Kavita Keiko Kelly Kerstin Khadija Kiran Kirsten Kirsty Klara Kristin Kristina Laila
Lakshmi Lale Lana Lara Larissa Latifa Laura Layla Lea Leah Leanne Leila Lena Leonie Leticia Leyla Leïla
Liesbeth Lily Lina Linda Lindsay Lisa Liv Liz Lola Lorna Lorraine Lotte Louise Lucia Lucie Lucille Lucinda
Lucy Ludmila Luisa Luz Lydia Lynn Léa Mabel Madeleine Magda Magdalena Maggie Mahsa Mai Maja Malala Mandy
Manon Manuela Margaret Margarita Margherita Margit Margot Margrethe Maria Mariam Mariama Mariana Marianne
Marie Marija Marina Marion Marit Marjorie Marlene Marta Martha Martina Mary Maryam María Mathilde Maud
Maureen Mavis Maya Mayumi Maëlle Megan Mei Melanie Melek Melis Mercedes Merve Meryem Mette Mia Michaela
Micheline Michelle Mina Miranda Mireille Miriam Moira Mona Monica Monika Morag Muriel Myriam Mónica Nadia
Nadine Nancy Naomi Nasreen Natalia Natalie Natasha Nathalie Nazlı Neha Nele Nesrin Nevena Ngozi Niamh Nicola
Nicole Nicoletta Nigar Nilüfer Nina Noor Nora Norma Noura Noémie Nur Nuray Nursel Octavia Odile Oksana Olena
Olga Olivia Olympia Orla Paloma Pamela Paola Patience Patricia Patrizia Paula Pauline Peggy Penelope Petra
Phoebe Phyllis Pilar Pippa Polly Pooja Priya Priyanka Prudence Pınar Queenie Rachel Radhika Raffaella
Ragnhild Rana Rania Raquel Rebecca Reem Regina Renata Renate Renée Rhiannon Rita Riya Roberta Rocío Rosa
Rosalind Rosanna Rose Rosemary Roswitha Roxane Roya Rukhsana Ruth Saba Sabine Sabrina Sadia Sadie Safiya
Sally Salma Samantha Samira Sandra Sanna Sara Sarah Saskia Seda Selin Sevgi Shabana Shannon Shanthi Sharon
Sheila Shirin Shirley Sibel Sigrid Silvia Simone Sinead Siobhan Sofia Solange Soledad Songül Sonia Sophia
Sophie Soraya Stefania Stefanie Stella Stephanie Sunita Susan Susanne Suzan Suzanne Svenja Svetlana Swati
Sylvia Sylvie Séverine Sévérine Tamara Tanja Tansu Tanya Tara Tatiana Tatyana Teresa Thea Thelma Theresa
Therese Thérèse Tilda Tina Trine Trudy Tuba Tuğba Tülay Umm Ursula Ute Valentina Valeria Valerie Valérie
Vanessa Vera Verena Veronica Vesna Victoria Viktoria Viola Violet Virginia Virginie Vivian Viviane Véronique
Waltraud Wanda Wenche Wendy Wilma Winifred Xenia Ximena Yael Yana Yasemin Yasmin Yetunde Yewande Yoko
Yolanda Yuki Yvonne Zahra Zainab Zara Zdenka Zehra Zeynep Zineb Zoe Zofia Züleyha Éloïse Émilie Özlem Ülkü
Ümit`

const genders = new Map<string, Gender | null>()
for (const name of male.trim().split(/\s+/)) genders.set(name, 'he')
for (const name of female.trim().split(/\s+/)) genders.set(name, genders.has(name) ? null : 'she')

/** @returns the pronoun that usually goes with a given name, null for either, undefined where it is not known */
export function genderOfGivenName(name: string): Gender | null | undefined {
  return genders.get(name)
}
